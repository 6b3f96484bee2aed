import { existsSync } from 'node:fs';
import { localState } from '../delivery/local-state.ts';
import { projectRoot } from '../common/roots.ts';
import { UserError } from '../../tools/user-error.ts';
import type { EngineCall } from './engine-call.ts';
import { requirePassphrase } from './engine-environment.ts';
import { secretsProvider } from './stack-settings.ts';

/** Creates the Pulumi stack of an environment if it does not exist yet. Throws UserError. */
export async function ensureStack(pulumi: EngineCall, stack: string): Promise<void> {
  const state = localState(pulumi, stack);
  // A call of the CLI takes half a second.
  if (state !== undefined && existsSync(state.checkpoint)) return;
  const { code, problem } = await pulumi.read(['stack', '--stack', stack, '--show-name']);
  if (code === 0) return;
  if (!/no stack named/.test(problem)) throw new UserError(problem);
  requirePassphrase(projectRoot(), stack);
  const provider = secretsProvider(projectRoot(), stack);
  const flags = provider === undefined ? [] : ['--secrets-provider', provider];
  const init = await pulumi.read(['stack', 'init', stack, '--no-select', ...flags]);
  if (init.code !== 0) throw new UserError(init.problem);
}
