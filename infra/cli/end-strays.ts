import { nameOf, stateResources } from '../delivery/state-resources.ts';
import { stopStrays } from '../targets/process/strays.ts';
import { repositoryRoot } from '../common/environment.ts';
import { environmentPaths } from '../supervisor/paths.ts';
import type { EngineCall } from './engine-call.ts';

/**
 * Stops services that a killed run started but did not record in the state, and prints their names.
 *
 * @param wanted names of the services that should run
 */
export async function endStrays(pulumi: EngineCall, stack: string, wanted: readonly string[]): Promise<void> {
  const { services } = environmentPaths(repositoryRoot, stack);
  const readState = async () =>
    stateResources(await pulumi.read(['stack', 'export', '--stack', stack])).map(({ urn }) => nameOf(urn));
  for (const name of await stopStrays(services, wanted, readState)) {
    console.log(`Stopped ${name}, which a killed run had left running.`);
  }
}
