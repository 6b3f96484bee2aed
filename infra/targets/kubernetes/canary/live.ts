import * as z from 'zod';
import { UserError } from '../../../../tools/user-error.ts';
import type { CanaryPlace, LiveCanary } from '../../shared/canaries.ts';
import { lastLine } from '../../shared/preflight.ts';
import { argoGroup, versionLabel } from '../argo.ts';
import { kubectlOf } from '../kubectl.ts';
import { namespaceName } from '../scope.ts';

const time = z.iso.datetime();

const rollout = z.object({
  kind: z.literal('Rollout'),
  metadata: z.object({ name: z.string(), creationTimestamp: time }),
  spec: z.object({
    strategy: z.object({
      canary: z.object({ steps: z.array(z.object({ setWeight: z.number().optional() })).default([]) }),
    }),
  }),
  status: z
    .object({
      phase: z.string().default(''),
      message: z.string().default(''),
      abort: z.boolean().default(false),
      currentStepIndex: z.number().default(0),
      /** The versions, each by the hash of the template of its pods. */
      currentPodHash: z.string().default(''),
      stableRS: z.string().default(''),
      conditions: z.array(z.object({ type: z.string(), lastUpdateTime: time.optional() })).default([]),
      canary: z
        .object({ currentStepAnalysisRunStatus: z.object({ name: z.string() }).optional() })
        .default({}),
    })
    .prefault({}),
});

const analysisRun = z.object({
  kind: z.literal('AnalysisRun'),
  metadata: z.object({ name: z.string(), creationTimestamp: time }),
});

const pod = z.object({
  kind: z.literal('Pod'),
  metadata: z.object({
    name: z.string(),
    deletionTimestamp: z.string().optional(),
    labels: z.record(z.string(), z.string()).default({}),
  }),
  spec: z.object({ containers: z.array(z.object({ name: z.string(), image: z.string() })) }),
});

const list = z.object({ items: z.array(z.unknown()) });

/** Returns the canaries of an environment, as Argo Rollouts reports them. Throws UserError if the cluster does not answer. */
export async function kubernetesCanaries({ root, stack, environment }: CanaryPlace): Promise<LiveCanary[]> {
  const kubectl = kubectlOf(root, environment);
  const namespace = `--namespace=${namespaceName({ name: stack(), environment })}`;
  const kinds = [`rollouts.${argoGroup}`, `analysisruns.${argoGroup}`, 'pods'].join();
  const { code, stdout, problem } = await kubectl('get', kinds, namespace, '--output=json');
  if (code === 0) return canariesOf(JSON.parse(stdout));
  // A cluster without Argo Rollouts has no canaries.
  if (/doesn't have a resource type "(rollouts|analysisruns)"/.test(problem)) return [];
  throw new UserError(`The canaries cannot be read, since kubectl failed: ${lastLine(problem)}`);
}

/** @param answer the Rollouts, AnalysisRuns and pods of a namespace, as `kubectl get` prints them */
export function canariesOf(answer: unknown): LiveCanary[] {
  const { items } = list.parse(answer);
  const read = <T>(schema: z.ZodType<T>) => items.flatMap((item) => schema.safeParse(item).data ?? []);
  const pods = read(pod).filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  const runs = read(analysisRun);
  return read(rollout).flatMap(({ metadata, spec, status }): LiveCanary[] => {
    const { stableRS, currentPodHash, currentStepIndex } = status;
    const isTried = stableRS !== '' && currentPodHash !== '' && stableRS !== currentPodHash;
    // A version that Argo Rollouts has given up gets no requests once the old pods run again.
    if (!isTried || status.abort) return [];
    const { steps } = spec.strategy.canary;
    const weights = ({ setWeight }: { setWeight?: number | undefined }) => setWeight ?? [];
    const begun = steps.slice(0, currentStepIndex + 1).flatMap(weights);
    const isOver = currentStepIndex >= steps.length;
    const run = runs.find((run) => run.metadata.name === status.canary.currentStepAnalysisRunStatus?.name);
    const changed = status.conditions.find(({ type }) => type === 'Progressing')?.lastUpdateTime;
    const version = (hash: string) => versionOf(pods, metadata.name, hash);
    return [
      {
        service: metadata.name,
        weight: isOver ? 100 : (begun.at(-1) ?? 0),
        step: begun.length,
        steps: steps.flatMap(weights),
        since: run?.metadata.creationTimestamp ?? changed ?? metadata.creationTimestamp,
        newVersion: version(currentPodHash),
        oldVersion: version(stableRS),
        ...(status.phase === 'Paused' && { held: `its Rollout is paused: ${status.message}` }),
      },
    ];
  });
}

function versionOf(pods: z.infer<typeof pod>[], service: string, hash: string) {
  const own = pods.filter(
    ({ metadata: { labels } }) =>
      labels[versionLabel] === hash && labels['app.kubernetes.io/name'] === service,
  );
  const artifact = own[0]?.spec.containers.find(({ name }) => name === service)?.image;
  return {
    ...(artifact !== undefined && { artifact }),
    replicas: own.map(({ metadata }) => metadata.name).toSorted(),
  };
}
