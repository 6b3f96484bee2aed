import { existsSync } from 'node:fs';
import { localState } from '../delivery/local-state.ts';
import { projectRoot } from '../common/roots.ts';
import { UserError } from '../../tools/user-error.ts';
import type { EngineCall } from './engine-call.ts';
import { requirePassphrase } from './engine-environment.ts';
import { secretsProvider } from './stack-settings.ts';

/** Creates the Pulumi stack of an environment if it does not exist yet. Throws UserError. */
export async function ensureStack(pulumi: EngineCall, stack: string): Promise<void> {
  if (!(await hasStack(pulumi, stack))) await createStack(pulumi, stack);
}

/** Returns whether the Pulumi stack of an environment exists. Throws UserError. */
export async function hasStack(pulumi: EngineCall, stack: string): Promise<boolean> {
  const state = localState(pulumi, stack);
  // A call of the CLI takes half a second.
  if (state !== undefined && existsSync(state.checkpoint)) return true;
  const { code, problem } = await pulumi.read(['stack', '--stack', stack, '--show-name']);
  if (code === 0) return true;
  if (/no stack named/.test(problem)) return false;
  throw new UserError(problem);
}

/**
 * Creates the Pulumi stack of an environment. Pulumi writes its salt to the settings file. Throws UserError.
 *
 * @param folder the folder with Pulumi.yaml and the settings file. Default: the project
 */
export async function createStack(
  pulumi: Pick<EngineCall, 'read'>,
  stack: string,
  folder = projectRoot(),
): Promise<void> {
  requirePassphrase(projectRoot(), stack);
  const provider = secretsProvider(projectRoot(), stack);
  const flags = provider === undefined ? [] : ['--secrets-provider', provider];
  const init = await pulumi.read(['stack', 'init', stack, '--no-select', '--cwd', folder, ...flags]);
  if (init.code !== 0) throw new UserError(init.problem);
}
