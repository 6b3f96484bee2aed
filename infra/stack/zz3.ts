import { writeFileSync } from 'node:fs';
function make(n: number) {
  let t = 'name: big\nvariables: { L: info }\nservices:\n  postgres: { type: postgres }\n';
  for (let i = 0; i < n; i++)
    t += `  s${i}:\n    source: s\n    port: ${i + 10000}\n    replicas: 2\n    variables:\n      L: \${{shared.L}}\n      DB: \${{postgres.DATABASE_URL}}\n${i ? `      U: \${{s${i - 1}.URL}}\n      C: \${{s${i - 1}.L}}x\n` : ''}`;
  return t;
}
import { Composer, LineCounter, Parser, parseDocument as yp } from 'yaml';
import { findTooDeep } from './depth.ts';
import { parseDocument } from './document.ts';
import { toValue } from './tree.ts';
import { stackSchema } from './schema.ts';
for (const n of [1, 1000, 1000, 1000]) {
  const text = make(n);
  let t = process.cpuUsage();
  const lap = (s: string) => {
    const d = process.cpuUsage(t);
    console.log(n, s, ((d.user + d.system) / 1000).toFixed(0));
    t = process.cpuUsage();
  };
  const lines = new LineCounter();
  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  lap('parse');
  findTooDeep(tokens);
  lap('deep');
  const d = [
    ...new Composer({ uniqueKeys: false, stringKeys: true, schema: 'core' }).compose(
      tokens,
      true,
      text.length,
    ),
  ];
  lap('compose');
  yp(text, { uniqueKeys: false });
  lap('yaml.parseDocument');
  const tree = parseDocument(text, 'x');
  lap('parseDocument');
  const v = toValue(tree);
  lap('toValue');
  const p = stackSchema.safeParse(v);
  lap('zod');
  console.log(p.success, text.length);
}
