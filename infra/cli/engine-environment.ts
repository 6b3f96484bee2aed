import { chmodSync, existsSync, globSync, mkdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'yaml';
import { engineFolder, pulumiHome } from '../../tools/engine/home.ts';
import { UserError } from '../stack/problem.ts';
import { takeStack } from './stack-option.ts';

// Committed on purpose: it opens the salt in Pulumi.dev.yaml, so a fresh clone needs no secret of anybody's. What `dev`
// encrypts with it is guarded by the mode of the clone's state folder.
const devPassphrase = 'railhead-dev';

/** What the project sets for the Pulumi CLI, by name; what the user has set himself is left as it is. */
export function engineEnvironment(
  root: string,
  stack: string,
  env: NodeJS.ProcessEnv = process.env,
): Record<string, string> {
  return {
    PULUMI_HOME: pulumiHome(root),
    ...(env['PULUMI_BACKEND_URL'] === undefined && { PULUMI_BACKEND_URL: localBackend(root) }),
    ...(shortName(stack) === 'dev' && !hasPassphrase(env) && { PULUMI_CONFIG_PASSPHRASE: devPassphrase }),
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
  return takeStack(args).stack || env['PULUMI_STACK'] || selectedStack(root, env) || 'dev';
}

/** Throws a UserError where the secrets of a stack need a passphrase that nobody gave. */
export function requirePassphrase(root: string, stack: string, env: NodeJS.ProcessEnv = process.env): void {
  if (shortName(stack) === 'dev' || hasPassphrase(env) || !usesPassphrase(root, stack, env)) return;
  throw new UserError(
    `The secrets of ${stack} are encrypted with a passphrase, and there is none. Set PULUMI_CONFIG_PASSPHRASE_FILE ` +
      `(or PULUMI_CONFIG_PASSPHRASE), or name another secrets provider: npm run pulumi -- stack init ${stack} --secrets-provider awskms://…`,
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
  const file = join(root, `Pulumi.${shortName(stack)}.yaml`);
  if (!existsSync(file)) return undefined;
  const settings = parse(readFileSync(file, 'utf8')) as { secretsprovider?: string } | null;
  return settings?.secretsprovider;
}

/** What `pulumi stack select` last wrote for this backend. */
function selectedStack(root: string, env: NodeJS.ProcessEnv): string | undefined {
  const [file] = globSync('workspaces/railhead-*-workspace.json', { cwd: pulumiHome(root) });
  if (file === undefined) return undefined;
  const text = readFileSync(join(pulumiHome(root), file), 'utf8');
  const { stack, stacks } = JSON.parse(text) as { stack?: string; stacks?: Record<string, string> };
  return stacks?.[env['PULUMI_BACKEND_URL'] ?? localBackend(root)] ?? stack;
}

/** `dev` of `organization/railhead/dev`. */
function shortName(stack: string): string {
  return stack.slice(stack.lastIndexOf('/') + 1);
}
