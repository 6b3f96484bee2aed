import { join } from 'node:path';
import { compare } from '../changes/compare.ts';
import { withTemporaryFolder } from '../common/temporary-folder.ts';
import { comparisonOf } from '../delivery/state/comparison.ts';
import { movedLines } from '../delivery/state/digest/moved.ts';
import { requireSame, stateMoved } from '../delivery/state/digest/refusal.ts';
import type { Reviewed } from '../delivery/state/digest/reviewed.ts';
import { stateHash } from '../delivery/state/digest/state-hash.ts';
import { readPlan, readState, type PlanOptions } from '../delivery/state/read-plan.ts';
import type { Context } from '../program/context.ts';
import type { EngineCall } from './engine-call.ts';

/**
 * Deploys exactly what a reviewed preview shows. Returns Pulumi's exit code. Throws UserError, before anything changes, if an
 * update would do anything else. Pulumi's own plan is a second lock: it holds until the last step.
 */
export function upPlanned(
  pulumi: EngineCall,
  { digest, preview }: Reviewed,
  context: Pick<Context, 'stack' | 'target'>,
  options: Omit<PlanOptions, 'savePlan'>,
): Promise<number> {
  const { environment, refresh, variables } = options;
  return withTemporaryFolder('railhead-plan-', async (folder) => {
    const savePlan = join(folder, 'plan.json');
    const now = await readPlan(pulumi, { ...options, savePlan });
    requireSame(digest, now, () =>
      preview ? movedLines(preview, compare(comparisonOf(now, context, options.root))) : [],
    );
    if (stateHash(await readState(pulumi, environment)) !== now.stateHash) throw stateMoved(environment);
    // Not with --skip-preview: Pulumi would find a difference only after the first steps.
    const args = ['up', '--stack', environment, '--yes', '--plan', savePlan];
    return await pulumi.run([...args, ...(refresh ? ['--refresh'] : [])], variables);
  });
}
