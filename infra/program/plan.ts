import { resolve } from 'node:path';
import { openPins } from '../artifacts/open-pins.ts';
import { buildRelease } from '../artifacts/release.ts';
import type { DescribedRelease } from '../artifacts/types.ts';
import type { Snapshot } from '../changes/snapshot.ts';
import { takeSnapshot } from '../changes/take-snapshot.ts';
import { packageVersion } from '../common/roots.ts';
import type { CheckedGraph } from '../graph/types.ts';
import { outputOf } from '../plan/hole.ts';
import type { PlannedResource } from '../plan/planned.ts';
import { ResourceList } from '../plan/resource.ts';
import { stackTexts } from '../stack/extend.ts';
import { formatProblem } from '../stack/problem.ts';
import { planIdentity } from '../targets/shared/generated.ts';
import { requirePreflight } from '../targets/shared/preflight.ts';
import type { Plan } from '../targets/shared/target.ts';
import { currentCommit } from './commit.ts';
import { openContext, type Context } from './context.ts';
import { handedRelease } from './handed-release.ts';
import { keepIdentity, type Identity } from './identity.ts';
import type { Log } from './log.ts';
import { requireLocked } from './locked-snapshot.ts';
import { newOwner, requireOwn } from './owner.ts';
import { checkDependsOn, type Program } from './options.ts';
import type { Settings } from './settings.ts';
import { recordUpdate } from './record.ts';
import { createTransform } from './transform.ts';

interface PlanOptions {
  /** What the user's Pulumi program passes. Absent without a program. */
  program?: Program;
  /** Whether to run the target's preflight checks first. */
  checksTarget?: boolean;
  /** The environment, if it is not read from the project. */
  context?: Context;
  /** The release, if none is built. */
  release?: DescribedRelease;
}

interface Planned {
  graph: CheckedGraph;
  resources: PlannedResource[];
  plan: Plan;
  /** What the next run finds in the state. */
  identity: Identity;
  /** Returns what the environment would consist of. `render` and the policy do not need it. */
  snapshot: () => Snapshot;
}

/** Plans the resources of a stack file, one line per phase. */
export async function planEnvironment(
  settings: Settings,
  { progress, warn }: Log,
  { program, checksTarget = false, ...given }: PlanOptions = {},
): Promise<Planned> {
  const { root, environment, identity: chosen } = settings;
  // The engine and git answer while the stack file is read.
  const held = settings.held?.();
  held?.catch(() => undefined);
  const commit = settings.held && currentCommit(root);
  const source = { ...settings, name: environment, values: program?.passed.names };
  const context = given.context ?? (await openContext(source));
  const { stack, target, graph } = context;
  graph.warnings.map(formatProblem).forEach(warn);
  if (program) checkDependsOn(program.options, graph);
  const change = program && (await createTransform(program, target));
  const last = await held;
  const identity = keepIdentity(graph, last, chosen, stack, target);
  const owner = settings.owner ?? last?.owner ?? newOwner(root);
  if (checksTarget) await requirePreflight(target, graph, settings, progress);
  const adopts = last !== undefined || settings.owner !== undefined;
  if (settings.held) await requireOwn(target, graph, settings, { owner, adopts });
  const release =
    given.release ??
    handedRelease(context, () => stackTexts(resolve(root, settings.stackFile))) ??
    (await makeRelease(settings, context, progress));
  const makePlan = await target.load();
  const resources = new ResourceList(change);
  const data = JSON.stringify(identity.data);
  const record = planIdentity(resources, { root, environment, stack: identity.stack, data, owner });
  const recorded = settings.held && outputOf(record, 'owner');
  const plan = makePlan(graph, release, { ...settings, resources, owner: recorded });
  const snapshot = () =>
    takeSnapshot(
      { stack: stack.stack, graph, release, values: plan.values },
      {
        railhead: packageVersion(),
        target: target.name,
        stackFile: settings.stackFile,
        config: configOf(settings),
      },
    );
  if (settings.held) {
    const taken = snapshot();
    requireLocked(taken);
    recordUpdate(resources, settings, taken, await commit);
  }
  return { graph, resources: resources.all, plan, identity, snapshot };
}

/** Builds the artifacts of an environment, or takes those of its release file. */
function makeRelease(
  { root, environment, preview, store, signedBy, secrets }: Settings,
  { target: { containers }, graph }: Context,
  progress: Log['progress'],
): Promise<DescribedRelease> {
  const pins = openPins({ name: environment, store, signedBy }, root);
  const secretOf = (secret: string) => secrets.valueOf(secret);
  return buildRelease(graph, { root, preview, containers, progress, pins, secretOf });
}

/** Returns the config that affects resources. */
function configOf({ keyGeneration, dockerPool, identity }: Settings): Record<string, string | undefined> {
  return { keyGeneration: String(keyGeneration), dockerPool, identity };
}
