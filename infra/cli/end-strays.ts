import { stateResources } from '../delivery/state-resources.ts';
import { type Environment } from '../common/environment.ts';
import { projectRoot } from '../common/roots.ts';
import { possibleTargets } from '../targets/index.ts';
import { nameOf } from '../targets/shared/data.ts';
import type { EngineCall } from './engine-call.ts';

/**
 * Stops services that a killed run started but did not record in the state. Returns one line for each.
 *
 * @param wanted names of the services that should run
 */
export async function endStrays(
  pulumi: EngineCall,
  environment: Environment,
  wanted: readonly string[],
): Promise<string[]> {
  const { name: stack } = environment;
  const place = { root: projectRoot(), environment: stack };
  const readState = async () =>
    stateResources(await pulumi.read(['stack', 'export', '--stack', stack])).map(({ urn }) => nameOf(urn));
  const stopped: string[] = [];
  for (const target of await possibleTargets(environment)) {
    stopped.push(...((await target.stopStrays?.(place, wanted, readState)) ?? []));
  }
  return stopped.map((name) => `Stopped ${name}, which a killed run had left running.`);
}
