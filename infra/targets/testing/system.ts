/** Creates small systems for tests: a temporary folder like a clone, deployed by the real engine. */
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { capture } from '../../../tools/command.ts';
import { findEngine } from '../../../tools/engine/engine.ts';
import { engineFolder, linkEngine, pulumiHome } from '../../../tools/engine/home.ts';
import { packageRoot } from '../../common/roots.ts';

export const environment = 'test';

export interface EngineRun {
  code: number | null;
  /** The complete output of the CLI. */
  output: string;
  /** The names of the created, updated, replaced and deleted resources, sorted, without the record of the update. */
  changed: string[];
}

export interface TestSystem {
  /** Absolute path of the clone. */
  root: string;
  /** Writes a file in the clone; an object is written as YAML. */
  write(path: string, content: string | object): void;
  /** Runs a Pulumi command. */
  pulumi(...args: string[]): Promise<EngineRun>;
  up(...flags: string[]): Promise<EngineRun>;
  /** Runs a command of Railhead on the environment. `output` has the errors of one that failed too. */
  railhead(command: string, ...args: string[]): Promise<EngineRun>;
  down(): Promise<EngineRun>;
  /** Returns the content of the state file. */
  state(): string;
  /** Takes the system down and removes the folder. */
  close(): Promise<void>;
}

/** Returns the reason why this machine cannot run a test system; undefined if it can. */
export async function lacksEngine(): Promise<string | undefined> {
  return (await findEngine(packageRoot)) === undefined ? 'there is no Pulumi CLI' : undefined;
}

export interface SystemOptions {
  /** Called before every update, for example to load built images into a cluster. */
  prepare?: (system: TestSystem) => Promise<void>;
  /** The name of the Pulumi stack. Default: `test`. */
  environment?: string;
  /** The name of the Pulumi project. Default: `railhead`. */
  project?: string;
}

/** Creates a test system and its Pulumi stack. The caller writes its stack file, `stacks/test.yaml`. */
export async function createSystem(
  target: string,
  { prepare, environment: name = environment, project = 'railhead' }: SystemOptions = {},
): Promise<TestSystem> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), `railhead-${basename(target, '.ts')}-`)));
  // Postgres may run as another user, who needs to pass through the folder.
  chmodSync(root, 0o711);
  copyProject(root, project);
  const env = await engineEnvironment(root, name);
  const settings = { 'railhead:stackFile': 'stacks/test.yaml', 'railhead:target': target };

  const system: TestSystem = {
    root,
    write(path, content) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), typeof content === 'string' ? content : stringify(content));
    },
    async pulumi(...args) {
      const { code, stdout, problem } = await runPulumi([...args, '--non-interactive'], root, env);
      const output = `${stdout}\n${problem}`;
      return { code, output, changed: changedResources(output) };
    },
    async up(...flags) {
      await prepare?.(system);
      return system.pulumi('up', '--yes', '--skip-preview', ...flags);
    },
    async railhead(command, ...args) {
      if (command === 'up') await prepare?.(system);
      const run = [join(root, 'dist/railhead.js'), command, '--stack', name, ...args];
      const { code, stdout, problem } = await capture(process.execPath, run, { cwd: root, env });
      return {
        code,
        output: code === 1 ? `${stdout}\n${problem}` : stdout,
        changed: changedResources(stdout),
      };
    },
    down: () => system.pulumi('destroy', '--yes', '--skip-preview', '--exclude-protected'),
    state: () => readFileSync(join(root, `.railhead/state/.pulumi/stacks/${project}/${name}.json`), 'utf8'),
    async close() {
      await system.pulumi('state', 'unprotect', '--all', '--yes');
      await system.pulumi('destroy', '--yes', '--skip-preview');
      rmSync(root, { recursive: true });
    },
  };
  system.write(`Pulumi.${name}.yaml`, { config: settings });
  await system.pulumi('stack', 'init', name);
  return system;
}

/** Waits for a run and returns it. Throws AssertionError with its output if it fails. */
export async function succeed(running: Promise<EngineRun>): Promise<EngineRun> {
  const run = await running;
  assert.equal(run.code, 0, run.output);
  return run;
}

/** Waits for a run and returns its output. Throws AssertionError if it succeeds or its output does not match. */
export async function fail(running: Promise<Omit<EngineRun, 'changed'>>, pattern = /^/): Promise<string> {
  const { code, output } = await running;
  assert.notEqual(code, 0, output);
  assert.match(output, pattern);
  return output;
}

/** Writes a Pulumi project of this name that brings its own copy of Railhead. */
export function copyProject(root: string, project: string): void {
  for (const path of ['infra', 'tools', 'dist', 'package.json']) {
    cpSync(join(packageRoot, path), join(root, path), { recursive: true });
  }
  const settings = readFileSync(join(packageRoot, 'Pulumi.yaml'), 'utf8');
  writeFileSync(join(root, 'Pulumi.yaml'), settings.replace('name: railhead', `name: ${project}`));
  symlinkSync(join(packageRoot, 'node_modules'), join(root, 'node_modules'));
}

async function engineEnvironment(root: string, name: string): Promise<NodeJS.ProcessEnv> {
  const engine = await findEngine(packageRoot);
  if (engine === undefined) throw new Error('there is no Pulumi CLI');
  linkEngine(root, engine);
  const path = [engineFolder(root), join(root, 'node_modules/.bin'), process.env.PATH];
  return {
    ...process.env,
    PULUMI_HOME: pulumiHome(root),
    PULUMI_BACKEND_URL: `file://${join(root, '.railhead/state')}?create_dir=true`,
    PULUMI_CONFIG_PASSPHRASE: 'test',
    PULUMI_STACK: name,
    PULUMI_SKIP_UPDATE_CHECK: 'true',
    NODE_COMPILE_CACHE: join(root, '.railhead/compile-cache'),
    PATH: path.join(delimiter),
  };
}

async function runPulumi(args: string[], cwd: string, env: NodeJS.ProcessEnv) {
  const umask = process.umask(0o077);
  const running = capture('pulumi', args, { cwd, env });
  process.umask(umask);
  return running;
}

/** Returns the names in lines such as ` ~  railhead:process:Service api updated (1s)`. */
function changedResources(output: string): string[] {
  const line = / (?!railhead:generated:Release )[\w:]+:[\w:/]+ (\S+) (?:created|updated|deleted|replaced)\b/g;
  const matches = output.matchAll(line);
  const names = [...matches].map(([, name = '']) => name).filter((name) => !name.startsWith('railhead-'));
  return [...new Set(names)].toSorted();
}
