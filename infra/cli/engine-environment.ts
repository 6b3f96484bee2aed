import { chmodSync, mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { engineFolder, pulumiHome } from '../../tools/engine/home.ts';
import { pulumiCommand } from '../common/commands.ts';
import { readProject } from '../common/project.ts';
import { userName } from '../common/user-name.ts';
import { chooseTarget } from '../targets/index.ts';
import { UserError } from '../../tools/user-error.ts';
import { configValue, isOwnMachine, secretsProvider, settingsFile, shortName } from './stack-settings.ts';

// Public on purpose: this passphrase decrypts the salts in the settings files of environments with `railhead:ownMachine`,
// so a fresh clone needs no secret. Everything they protect is on the same machine, where the mode of the project's state
// folder guards it.
const publicPassphrase = 'railhead-dev';

/** Returns the environment variables for the Pulumi CLI. A backend or passphrase that the user has set takes precedence. */
export function engineEnvironment(
  root: string,
  stack: string,
  env: NodeJS.ProcessEnv = process.env,
): Record<string, string> {
  return {
    PULUMI_HOME: pulumiHome(root),
    PULUMI_BACKEND_URL: backendOf(root, env),
    ...(isPublic(root, stack, env) && !hasPassphrase(env) && { PULUMI_CONFIG_PASSPHRASE: publicPassphrase }),
    PULUMI_STACK: stack,
    // A Pulumi CLI that was built without cgo ends without it, as in a container.
    ...(!env['USER'] && { USER: userName(env) }),
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
  const target = configValue(root, stack, 'target');
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

/**
 * Returns whether the secrets of a stack are encrypted with the public passphrase: only in a state on this machine, since
 * others may read a shared one.
 */
function isPublic(root: string, stack: string, env: NodeJS.ProcessEnv): boolean {
  return isOwnMachine(root, stack) && backendOf(root, env).startsWith('file:');
}

/** Returns the variable with the public passphrase, for a stack that may be encrypted with it although the user has set another one. */
export function publicVariables(
  root: string,
  stack: string,
  env: NodeJS.ProcessEnv = process.env,
): Record<string, string> | undefined {
  return isPublic(root, stack, env) ? { PULUMI_CONFIG_PASSPHRASE: publicPassphrase } : undefined;
}

/** Returns a PATH with the engine first, then the project's Node, then the folders of `path`. */
export function enginePath(root: string, path = ''): string {
  const ours = [engineFolder(root), join(root, 'node_modules', '.bin')];
  const others = path.split(delimiter).filter((folder) => folder !== '' && !ours.includes(folder));
  return [...ours, ...others].join(delimiter);
}

/**
 * Throws a UserError if the secrets of a stack need a passphrase and the environment variables contain none. The empty passphrase
 * counts only for a state on this machine.
 */
export function requirePassphrase(root: string, stack: string, env: NodeJS.ProcessEnv = process.env): void {
  const isLocal = backendOf(root, env).startsWith('file:');
  // GitHub gives an empty one for a secret that does not exist, and Pulumi would encrypt with it, even if a file is named.
  const isEmpty = env['PULUMI_CONFIG_PASSPHRASE'] === '' && !isLocal;
  if (isPublic(root, stack, env) || (hasPassphrase(env) && !isEmpty) || !usesPassphrase(root, stack, env))
    return;
  const lack = isEmpty ? 'PULUMI_CONFIG_PASSPHRASE is empty' : 'none is set';
  throw new UserError(
    `The secrets of ${stack} are encrypted with a passphrase, and ${lack}. Set PULUMI_CONFIG_PASSPHRASE_FILE ` +
      `(or PULUMI_CONFIG_PASSPHRASE), or name another secrets provider: ${pulumiCommand(undefined, 'stack', 'init', stack, '--secrets-provider', 'awskms://…')}` +
      (isLocal
        ? `\nIf they protect nothing outside of this machine, they need none: write \`railhead:ownMachine: true\` below \`config:\` in ${settingsFile(stack)}.`
        : ''),
  );
}

/** Creates the project's private folders. Other users may traverse `.railhead` itself: Postgres may run as another user. */
export function prepareFolders(root: string): void {
  const top = join(root, '.railhead');
  mkdirSync(top, { recursive: true });
  chmodSync(top, 0o711);
  for (const name of ['state', 'store', 'pulumi', 'compile-cache']) {
    mkdirSync(join(top, name), { recursive: true });
    chmodSync(join(top, name), 0o700);
  }
}

/** Returns the backend that the user has set, else that of Pulumi.yaml, else a folder of the project. */
export function backendOf(root: string, env: NodeJS.ProcessEnv): string {
  // Pulumi ignores an empty value too. A workflow gets one for a variable that does not exist.
  return env['PULUMI_BACKEND_URL'] || (readProject(root).backend ?? localBackend(root));
}

function localBackend(root: string): string {
  const state = pathToFileURL(join(root, '.railhead', 'state'));
  return `${state.href}?create_dir=true`;
}

/** Returns whether the user has set a passphrase for secrets, maybe an empty one. */
export function hasPassphrase(env: NodeJS.ProcessEnv = process.env): boolean {
  return env['PULUMI_CONFIG_PASSPHRASE'] !== undefined || env['PULUMI_CONFIG_PASSPHRASE_FILE'] !== undefined;
}

function usesPassphrase(root: string, stack: string, env: NodeJS.ProcessEnv): boolean {
  const provider = secretsProvider(root, stack) ?? 'default';
  if (provider !== 'default') return provider === 'passphrase';
  // Pulumi Cloud manages the encryption keys.
  return !/^https?:/.test(backendOf(root, env));
}
