import { environmentNames, readEnvironment } from '../../common/environment.ts';
import { numberOf } from '../../common/pull-request.ts';
import { hasRelease } from '../../releases/load.ts';

/**
 * Returns the names of the environments that a pipeline deploys: not those of one machine or of a pull request, nor those that wait
 * for their first promotion. Throws UserError.
 */
export function pipelineEnvironments(root: string): string[] {
  return environmentNames(root).filter((name) => {
    if (numberOf(name) !== undefined) return false;
    const { ownMachine, promotesFrom } = readEnvironment(name, root);
    return !ownMachine && (promotesFrom === undefined || hasRelease(name, root));
  });
}
