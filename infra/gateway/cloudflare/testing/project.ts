/** A Pulumi project in a temporary folder with the resources of the example gateway, deployed by the real engine. */
import { mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { linkPlugin } from '../../../../tools/testing/plugins.ts';
import { capture } from '../../../../tools/command.ts';
import { findEngine } from '../../../../tools/engine/engine.ts';
import { engineFolder, linkEngine, pulumiHome } from '../../../../tools/engine/home.ts';
import { packageRoot } from '../../../common/roots.ts';

export interface Project {
  /** Sets the differences from the example. `gateway` has the format of a stack file. */
  change(changes: object): void;
  /** Runs a Pulumi command. Returns its output on success; otherwise throws an error with the output. */
  pulumi(...args: string[]): Promise<string>;
  close(): void;
}

/** Creates a project. `provider` is the configuration of the provider, for example its `baseUrl`. */
export async function createProject(provider: Record<string, string>): Promise<Project> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'railhead-cloudflare-')));
  const engine = await findEngine(packageRoot);
  if (engine === undefined) throw new Error('there is no Pulumi CLI');
  linkEngine(root, engine);
  linkPlugin(root, 'cloudflare');
  symlinkSync(join(packageRoot, 'node_modules'), join(root, 'node_modules'));
  const config = Object.entries(provider).map(([key, value]) => [`cloudflare:${key}`, value]);
  const program = fileURLToPath(new URL('program.ts', import.meta.url));
  const write = (path: string, content: string) => writeFileSync(join(root, path), content);
  write(
    'Pulumi.yaml',
    stringify({ name: 'edge', runtime: { name: 'nodejs', options: { typescript: false } } }),
  );
  write('Pulumi.test.yaml', stringify({ config: Object.fromEntries(config) as object }));
  write('package.json', JSON.stringify({ type: 'module', main: 'index.ts' }));
  write('index.ts', `export * from '${program}';\n`);

  const project: Project = {
    change: (changes) => write('changes.json', JSON.stringify(changes)),
    async pulumi(...args) {
      const options = { cwd: root, env: environment(root) };
      const { code, stdout, problem } = await capture('pulumi', [...args, '--non-interactive'], options);
      if (code !== 0) throw new Error(`pulumi ${args.join(' ')}:\n${stdout}\n${problem}`);
      return stdout;
    },
    close: () => rmSync(root, { recursive: true }),
  };
  project.change({});
  await project.pulumi('stack', 'init', 'test');
  return project;
}

function environment(root: string): NodeJS.ProcessEnv {
  const path = [engineFolder(root), join(root, 'node_modules/.bin'), process.env.PATH];
  return {
    ...process.env,
    PULUMI_HOME: pulumiHome(root),
    PULUMI_BACKEND_URL: `file://${root}`,
    PULUMI_CONFIG_PASSPHRASE: 'test',
    PULUMI_STACK: 'test',
    PULUMI_SKIP_UPDATE_CHECK: 'true',
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: 'true',
    PATH: path.join(delimiter),
  };
}
