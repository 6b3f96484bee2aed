import { chmodSync, existsSync, globSync, mkdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { engineFolder, pulumiHome } from '../../tools/engine/home.ts';
import { pulumiCommand } from '../commands.ts';
import { readSettingsFile } from '../environment.ts';
import { UserError } from '../stack/problem.ts';

// Committed on purpose: it opens the salts in the files of these environments, so a fresh clone needs no secret of
// anybody's. All that they protect is on the same machine, guarded by the mode of the clone's state folder.
const devPassphrase = 'railhead-dev';
const ownMachine = ['dev', 'docker'];

/** What the project sets for the Pulumi CLI, by name; what the user has set himself is left as it is. */
export function engineEnvironment(
  root: string,
  stack: string,
  env: NodeJS.ProcessEnv = process.env,
): Record<string, string> {
  return {
    PULUMI_HOME: pulumiHome(root),
    ...(env['PULUMI_BACKEND_URL'] === undefined && { PULUMI_BACKEND_URL: localBackend(root) }),
    ...(isOwnMachine(stack) && !hasPassphrase(env) && { PULUMI_CONFIG_PASSPHRASE: devPassphrase }),
    // Pulumi would fetch the plugin of every SDK in node_modules, and this target needs none of them.
    ...(settings(root, stack)?.config?.['railhead:target'] === 'process' && {
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: 'true',
    }),
    PULUMI_STACK: stack,
    PULUMI_SKIP_UPDATE_CHECK: 'true',
    NODE_COMPILE_CACHE: join(root, '.railhead', 'compile-cache'),
    PATH: enginePath(root, env['PATH']),
  };
}

/** The engine first, then our Node 24, then what the user has. */
export function enginePath(root: string, path = ''): string {
  const ours = [engineFolder(root), join(root, 'node_modules', '.bin')];
  const others = path.split(delimiter).filter((folder) => folder !== '' && !ours.includes(folder));
  return [...ours, ...others].join(delimiter);
}

/** Which stack a plain Pulumi command is about: its arguments say, else PULUMI_STACK, else the selected one, else dev. */
export function chosenStack(root: string, args: string[], env: NodeJS.ProcessEnv = process.env): string {
  const options = { stack: { type: 'string', short: 's' } } as const;
  const { stack } = parseArgs({ args, options, strict: false }).values;
  // A shell's `-s=env` is Pulumi's way too; without a value it says so itself.
  const named = typeof stack === 'string' ? stack.replace(/^=/, '') : '';
  return named || env['PULUMI_STACK'] || selectedStack(root, env) || 'dev';
}

/** Throws a UserError where the secrets of a stack need a passphrase that nobody gave. */
export function requirePassphrase(root: string, stack: string, env: NodeJS.ProcessEnv = process.env): void {
  if (isOwnMachine(stack) || hasPassphrase(env) || !usesPassphrase(root, stack, env)) return;
  throw new UserError(
    `The secrets of ${stack} are encrypted with a passphrase, and there is none. Set PULUMI_CONFIG_PASSPHRASE_FILE ` +
      `(or PULUMI_CONFIG_PASSPHRASE), or name another secrets provider: ${pulumiCommand(undefined, 'stack', 'init', stack, '--secrets-provider', 'awskms://…')}`,
  );
}

/** Makes the clone's private folders. `.railhead` itself lets others pass: Postgres may run as another user. */
export function prepareFolders(root: string): void {
  const top = join(root, '.railhead');
  mkdirSync(top, { recursive: true });
  chmodSync(top, 0o711);
  for (const name of ['state', 'pulumi', 'compile-cache']) {
    mkdirSync(join(top, name), { recursive: true });
    chmodSync(join(top, name), 0o700);
  }
}

function localBackend(root: string): string {
  const state = pathToFileURL(join(root, '.railhead', 'state'));
  return `${state.href}?create_dir=true`;
}

function hasPassphrase(env: NodeJS.ProcessEnv): boolean {
  return env['PULUMI_CONFIG_PASSPHRASE'] !== undefined || env['PULUMI_CONFIG_PASSPHRASE_FILE'] !== undefined;
}

function usesPassphrase(root: string, stack: string, env: NodeJS.ProcessEnv): boolean {
  const provider = secretsProvider(root, stack) ?? 'default';
  if (provider !== 'default') return provider === 'passphrase';
  // Pulumi Cloud keeps the keys itself.
  return !/^https?:/.test(env['PULUMI_BACKEND_URL'] ?? '');
}

/** What `Pulumi.<stack>.yaml` names as its secrets provider. */
export function secretsProvider(root: string, stack: string): string | undefined {
  return settings(root, stack)?.secretsprovider;
}

function settings(root: string, stack: string): z.infer<typeof stackSettings> | undefined {
  const file = join(root, `Pulumi.${shortName(stack)}.yaml`);
  if (!existsSync(file)) return undefined;
  return stackSettings.safeParse(readSettingsFile(file)).data;
}

/** `Pulumi.<stack>.yaml`, as far as it is read here. */
const stackSettings = z.object({
  secretsprovider: z.string().optional(),
  config: z.record(z.string(), z.unknown()).nullish(),
});

/** What `pulumi stack select` last wrote for this backend. */
function selectedStack(root: string, env: NodeJS.ProcessEnv): string | undefined {
  const [file] = globSync('workspaces/railhead-*-workspace.json', { cwd: pulumiHome(root) });
  if (file === undefined) return undefined;
  try {
    const { stack, stacks } = workspace.parse(JSON.parse(readFileSync(join(pulumiHome(root), file), 'utf8')));
    return stacks?.[env['PULUMI_BACKEND_URL'] ?? localBackend(root)] ?? stack;
  } catch {
    return undefined; // Not whole: as if none were selected.
  }
}

const workspace = z.object({
  stack: z.string().optional(),
  stacks: z.record(z.string(), z.string()).optional(),
});

function isOwnMachine(stack: string): boolean {
  return ownMachine.includes(shortName(stack));
}

/** `dev` of `organization/railhead/dev`. */
function shortName(stack: string): string {
  return stack.slice(stack.lastIndexOf('/') + 1);
}
