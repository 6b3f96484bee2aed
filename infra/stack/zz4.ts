import { mkdtempSync, mkdirSync, writeFileSync, rmSync } from 'node:fs';
const t0 = process.cpuUsage();
const { loadStack } = await import('./load.ts');
const { buildGraph } = await import('../graph/graph.ts');
const { createLookup } = await import('../graph/lookup.ts');
const { resolveVariables } = await import('../graph/variables.ts');
const { describeServices } = await import('../graph/services.ts');
const { checkStack } = await import('../graph/checks.ts');
let t = process.cpuUsage();
const lap = (s: string) => {
  const d = process.cpuUsage(t);
  console.log(s, ((d.user + d.system) / 1000).toFixed(0));
  t = process.cpuUsage();
};
{
  const d = process.cpuUsage(t0);
  console.log('import', (d.user + d.system) / 1000);
}
const dir = mkdtempSync('/tmp/perf-');
mkdirSync(dir + '/s');
function make(n: number) {
  let t = 'name: big\nvariables: { L: info }\nservices:\n  postgres: { type: postgres }\n';
  for (let i = 0; i < n; i++)
    t += `  s${i}:\n    source: s\n    port: ${i + 10000}\n    replicas: 2\n    variables:\n      L: \${{shared.L}}\n      DB: \${{postgres.DATABASE_URL}}\n${i ? `      U: \${{s${i - 1}.URL}}\n      C: \${{s${i - 1}.L}}x\n` : ''}`;
  writeFileSync(`${dir}/f${n}.yaml`, t);
  return `${dir}/f${n}.yaml`;
}
const f = make(1000);
t = process.cpuUsage();
for (let i = 0; i < 3; i++) {
  const l = loadStack(f);
  lap('load');
  const { templates } = resolveVariables(l.stack, createLookup(l.stack, 'dev'));
  lap('resolve');
  describeServices(l.stack, 'dev', templates);
  lap('describe');
  checkStack(l.stack, l.root);
  lap('check');
  buildGraph(l, 'dev');
  lap('graph');
}
rmSync(dir, { recursive: true });
