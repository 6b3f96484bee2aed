import { chmodSync, existsSync, globSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { engineFolder, pulumiHome } from '../../tools/engine/home.ts';
import { pulumiCommand } from '../common/commands.ts';
import { readSettingsFile } from '../common/environment.ts';
import { readProject } from '../common/project.ts';
import { chooseTarget } from '../targets/index.ts';
import { UserError } from '../../tools/user-error.ts';

// Committed on purpose: this passphrase decrypts the salts in the settings files of these environments, so a fresh
// clone needs no secret. Everything they protect is on the same machine, where the mode of the clone's state folder
// guards it.
const devPassphrase = 'railhead-dev';
// eslint-disable-next-line no-restricted-syntax -- the name of an environment
const ownMachine = ['dev', 'docker'];

/** Returns the environment variables for the Pulumi CLI. A backend or passphrase that the user has set takes precedence. */
export function engineEnvironment(
  root: string,
  stack: string,
  env: NodeJS.ProcessEnv = process.env,
): Record<string, string> {
  return {
    PULUMI_HOME: pulumiHome(root),
    ...(env['PULUMI_BACKEND_URL'] === undefined && { PULUMI_BACKEND_URL: localBackend(root) }),
    ...(isOwnMachine(stack) && !hasPassphrase(env) && { PULUMI_CONFIG_PASSPHRASE: devPassphrase }),
    PULUMI_STACK: stack,
    PULUMI_SKIP_UPDATE_CHECK: 'true',
    NODE_COMPILE_CACHE: join(root, '.railhead', 'compile-cache'),
    PATH: enginePath(root, env['PATH']),
  };
}

/**
 * Returns the variable that stops Pulumi from downloading the plugin of every SDK in node_modules, if the target of the
 * stack needs none of them.
 */
export async function pluginEnvironment(root: string, stack: string): Promise<Record<string, string>> {
  const target = settings(root, stack)?.config?.['railhead:target'];
  if (typeof target !== 'string') return {};
  try {
    const { otherProviders } = await chooseTarget({ name: shortName(stack), target });
    return otherProviders ? {} : { PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: 'true' };
  } catch (error) {
    // `railhead pulumi config` can correct the target.
    if (error instanceof UserError) return {};
    throw error;
  }
}

/** Returns a PATH with the engine first, then the clone's Node 24, then the folders of `path`. */
export function enginePath(root: string, path = ''): string {
  const ours = [engineFolder(root), join(root, 'node_modules', '.bin')];
  const others = path.split(delimiter).filter((folder) => folder !== '' && !ours.includes(folder));
  return [...ours, ...others].join(delimiter);
}

/** Returns the stack of a plain Pulumi command: from its arguments, else PULUMI_STACK, else the selected stack, else dev. */
export function chosenStack(root: string, args: string[], env: NodeJS.ProcessEnv = process.env): string {
  const options = { stack: { type: 'string', short: 's' } } as const;
  const { stack } = parseArgs({ args, options, strict: false }).values;
  // Pulumi accepts `-s=env` too. Pulumi itself reports a `-s` without a value.
  const named = typeof stack === 'string' ? stack.replace(/^=/, '') : '';
  return named || env['PULUMI_STACK'] || selectedStack(root, env) || 'dev';
}

/** Throws a UserError if the secrets of a stack need a passphrase and the environment variables contain none. */
export function requirePassphrase(root: string, stack: string, env: NodeJS.ProcessEnv = process.env): void {
  if (isOwnMachine(stack) || hasPassphrase(env) || !usesPassphrase(root, stack, env)) return;
  throw new UserError(
    `The secrets of ${stack} are encrypted with a passphrase, and none is set. Set PULUMI_CONFIG_PASSPHRASE_FILE ` +
      `(or PULUMI_CONFIG_PASSPHRASE), or name another secrets provider: ${pulumiCommand(undefined, 'stack', 'init', stack, '--secrets-provider', 'awskms://…')}`,
  );
}

/** Creates the clone's private folders. Other users may traverse `.railhead` itself: Postgres may run as another user. */
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
  // Pulumi Cloud manages the encryption keys.
  return !/^https?:/.test(env['PULUMI_BACKEND_URL'] ?? '');
}

/** Returns the secrets provider that `Pulumi.<stack>.yaml` names. */
export function secretsProvider(root: string, stack: string): string | undefined {
  return settings(root, stack)?.secretsprovider;
}

function settings(root: string, stack: string): z.infer<typeof stackSettings> | undefined {
  const file = join(root, `Pulumi.${shortName(stack)}.yaml`);
  if (!existsSync(file)) return undefined;
  return stackSettings.safeParse(readSettingsFile(file)).data;
}

/** The fields of `Pulumi.<stack>.yaml` that this file reads. */
const stackSettings = z.object({
  secretsprovider: z.string().optional(),
  config: z.record(z.string(), z.unknown()).nullish(),
});

/** Returns the stack that `pulumi stack select` last wrote for this project and backend. */
function selectedStack(root: string, env: NodeJS.ProcessEnv): string | undefined {
  const file = workspaceFile(root);
  if (file === undefined) return undefined;
  try {
    const { stack, stacks } = workspace.parse(JSON.parse(readFileSync(file, 'utf8')));
    return stacks?.[env['PULUMI_BACKEND_URL'] ?? localBackend(root)] ?? stack;
  } catch {
    return undefined; // A damaged file counts as no selection.
  }
}

/**
 * Returns Pulumi's file `<project>-<hash of the path>-workspace.json`: the newest one, since a project that was renamed or
 * moved has several.
 */
function workspaceFile(root: string): string | undefined {
  const { name } = readProject(root);
  const folder = join(pulumiHome(root), 'workspaces');
  const [newest] = globSync('*-workspace.json', { cwd: folder })
    .filter((file) => file.replace(/-[0-9a-f]+-workspace\.json$/, '') === name)
    .map((file) => join(folder, file))
    .toSorted((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  return newest;
}

const workspace = z.object({
  stack: z.string().optional(),
  stacks: z.record(z.string(), z.string()).optional(),
});

function isOwnMachine(stack: string): boolean {
  return ownMachine.includes(shortName(stack));
}

/** Returns `dev` for `organization/<project>/dev`. */
function shortName(stack: string): string {
  return stack.slice(stack.lastIndexOf('/') + 1);
}
