import { join } from 'node:path';
import { withOwnedFolder } from '../delivery/owned-folder.ts';
import { UserError } from '../../tools/user-error.ts';
import { editedLines } from '../delivery/state/digest/edited.ts';
import { movedLines } from '../delivery/state/digest/moved.ts';
import { requireSame, requireUnedited, stateMoved } from '../delivery/state/digest/refusal.ts';
import type { Reviewed } from '../delivery/state/digest/reviewed.ts';
import { stateHash } from '../delivery/state/digest/state-hash.ts';
import { readPlan, readState, type EnginePlan, type PlanOptions } from '../delivery/state/read-plan.ts';
import { shownOf } from '../delivery/state/shown.ts';
import type { PlacedFinding } from '../policy/check.ts';
import type { Context } from '../program/context.ts';
import { lockSnapshot } from '../program/locked-snapshot.ts';
import { onEmptyState } from './empty-state.ts';
import type { EngineCall } from './engine-call.ts';
import { createStack, hasStack } from './ensure-stack.ts';

/**
 * Deploys exactly what a reviewed preview shows. Returns Pulumi's exit code. Throws UserError, before anything changes, if an
 * update would do anything else. Two more locks hold during the update: the Pulumi program deploys no other snapshot, and Pulumi's
 * own plan holds until the last step.
 *
 * Pulumi's plan is not used with other providers. That of Kubernetes completes objects in another way once their namespace exists, so
 * that a first update breaks the plan after some resources, and Pulumi's message about it shows secret values.
 */
export async function upPlanned(
  pulumi: EngineCall,
  { digest, preview }: Reviewed,
  { findings, ...context }: Pick<Context, 'stack' | 'target'> & { findings: readonly PlacedFinding[] },
  options: Omit<PlanOptions, 'savePlan'>,
): Promise<number> {
  const { environment, refresh, variables } = options;
  const check = (now: EnginePlan) => {
    if (now.problems.length > 0) throw new UserError(now.problems.join('\n'));
    const shown = preview && shownOf(now, context, findings, options.root);
    requireSame(digest, now, () => (preview && shown ? movedLines(preview, shown) : []));
    if (preview && shown) requireUnedited(environment, editedLines(preview, shown));
  };
  if (!(await hasStack(pulumi, environment))) {
    await onEmptyState(pulumi, environment, async (empty) => check(await readPlan(empty, options)));
    await createStack(pulumi, environment);
  }
  return withOwnedFolder('railhead-plan-', async (folder) => {
    const savePlan = refresh ? undefined : join(folder, 'plan.json');
    const now = await readPlan(pulumi, { ...options, ...(savePlan && { savePlan }) });
    check(now);
    if (stateHash(await readState(pulumi, environment)) !== now.stateHash) throw stateMoved(environment);
    // Not with --skip-preview: Pulumi would find a difference only after the first steps.
    const lock = savePlan === undefined ? ['--refresh'] : ['--plan', savePlan];
    const args = ['up', '--stack', environment, '--yes', ...lock];
    return await pulumi.run(args, { ...variables, ...lockSnapshot(now.snapshotHash) });
  });
}
