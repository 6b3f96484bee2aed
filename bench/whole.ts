import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../infra/common/roots.ts';
import { capture } from '../tools/command.ts';
import { composeCommand } from '../tools/testing/compose.ts';
import { compare, timed, type Row } from './compare.ts';
import { generateStack } from './generated-stack.ts';

const rounds = 9;

/** Compares commands from the start of their process to its end: `validate` with Compose, and `render` with Helm. */
export async function bench(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'railhead-bench-'));
  try {
    return [...(await againstCompose(folder)), ...(await againstHelm(folder))];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function againstCompose(folder: string): Promise<Row[]> {
  const compose = composeCommand();
  if (compose === undefined) {
    console.error('validate against docker compose config: skipped, there is no Compose of version 2');
    return [];
  }
  const [program = '', ...first] = compose;
  const file = join(packageRoot, 'stacks/golden/rota-docker/compose.yaml');
  const reference = () => timed(() => run(program, [...first, '-f', file, 'config', '--quiet'], folder));
  const ours = () => timed(() => railhead(folder, packageRoot, 'validate', 'stacks/rota.docker.yaml'));
  const floor = () => timed(() => run(process.execPath, ['-e', '0'], folder));
  return [
    await compare('validate, whole, against docker compose config', {
      ...{ unit: 'ms', rounds, goal: { atMost: 2 }, ours, reference },
    }),
    await compare('node -e 0, against docker compose config', { unit: 'ms', rounds, ours: floor, reference }),
  ];
}

async function againstHelm(folder: string): Promise<Row[]> {
  if ((await capture('helm', ['version', '--short']).catch(() => undefined))?.code !== 0) {
    console.error('render against helm template: skipped, there is no helm on the PATH');
    return [];
  }
  const project = join(folder, 'project');
  const chart = join(folder, 'chart');
  const manifests = join(folder, 'manifests');
  mkdirSync(join(project, 'stacks'), { recursive: true });
  writeFileSync(join(project, 'Pulumi.yaml'), 'name: bench\nruntime: nodejs\n');
  writeFileSync(
    join(project, 'Pulumi.bench.yaml'),
    'config: { railhead:stackFile: stacks/bench.yaml, railhead:target: kubernetes }\n',
  );
  writeFileSync(join(project, 'stacks/bench.yaml'), generateStack(200));
  const render = () => railhead(folder, project, 'render', '-s', 'bench', '--out', manifests);
  await render();
  // The same objects as the templates of a chart.
  mkdirSync(chart);
  writeFileSync(join(chart, 'Chart.yaml'), 'apiVersion: v2\nname: bench\nversion: 0.1.0\n');
  cpSync(manifests, join(chart, 'templates'), { recursive: true });
  const ours = () => timed(render);
  const reference = () => timed(() => run('helm', ['template', 'bench', chart], folder));
  return [
    await compare('render of 200 services, whole, against helm template', {
      ...{ unit: 'ms', rounds, goal: { atMost: 1 }, ours, reference },
    }),
  ];
}

/** Runs the command line as an installed package does: with V8's compile cache. */
function railhead(cache: string, project: string, ...args: string[]): Promise<void> {
  const env = { ...process.env, NODE_COMPILE_CACHE: join(cache, 'compile-cache') };
  return run(process.execPath, [join(packageRoot, 'dist/railhead.js'), ...args], project, env);
}

async function run(
  program: string,
  args: string[],
  cwd: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  const { code, problem } = await capture(program, args, { cwd, env });
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}:\n${problem}`);
}
