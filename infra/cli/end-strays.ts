import { stateResources } from '../delivery/state-resources.ts';
import { type Environment } from '../common/environment.ts';
import { projectRoot } from '../common/roots.ts';
import { possibleTargets } from '../targets/index.ts';
import { nameOf } from '../targets/shared/data.ts';
import type { EngineCall } from './engine-call.ts';

/**
 * Stops services that a killed run started but did not record in the state, and prints their names.
 *
 * @param wanted names of the services that should run
 */
export async function endStrays(
  pulumi: EngineCall,
  environment: Environment,
  wanted: readonly string[],
): Promise<void> {
  const { name: stack } = environment;
  const place = { root: projectRoot(), environment: stack };
  const readState = async () =>
    stateResources(await pulumi.read(['stack', 'export', '--stack', stack])).map(({ urn }) => nameOf(urn));
  for (const target of await possibleTargets(environment)) {
    for (const name of (await target.stopStrays?.(place, wanted, readState)) ?? []) {
      console.log(`Stopped ${name}, which a killed run had left running.`);
    }
  }
}
