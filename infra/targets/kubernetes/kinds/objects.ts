import * as z from 'zod';
import { updateAnnotation } from '../argo.ts';
import type { Kind } from '../needs.ts';
import { judgementsOf, type Judged } from './argo.ts';

const metadata = z.object({
  name: z.string(),
  uid: z.string(),
  generation: z.number().default(0),
  deletionTimestamp: z.string().optional(),
  labels: z.record(z.string(), z.string()).default({}),
  annotations: z.record(z.string(), z.string()).default({}),
  ownerReferences: z.array(z.object({ uid: z.string() })).default([]),
});

const conditions = z
  .array(
    z.object({
      type: z.string(),
      status: z.string(),
      reason: z.string().default(''),
      message: z.string().default(''),
    }),
  )
  .default([]);

const count = z.number().default(0);

const workload = z.object({
  kind: z.enum(['Deployment', 'StatefulSet', 'Job', 'Rollout']),
  metadata,
  spec: z.object({ replicas: z.number().default(1) }),
  // A Rollout has no status until its controller has seen it.
  status: z
    .object({
      // Argo Rollouts writes it as text.
      observedGeneration: z.coerce.number().default(0),
      replicas: count,
      updatedReplicas: count,
      availableReplicas: count,
      updateRevision: z.string().optional(),
      conditions,
      /** Of Argo Rollouts: Healthy, Progressing, Paused or Degraded, and why. */
      phase: z.string().optional(),
      message: z.string().default(''),
      /** Whether Argo Rollouts has given up the newest version. */
      abort: z.boolean().default(false),
      currentStepIndex: count,
      currentPodHash: z.string().default(''),
    })
    .prefault({}),
});

const replicaSet = z.object({ kind: z.literal('ReplicaSet'), metadata });

const state = z
  .object({
    waiting: z.object({ reason: z.string().default(''), message: z.string().default('') }).optional(),
    terminated: z.object({ exitCode: z.number(), reason: z.string().optional() }).optional(),
  })
  .default({});

const container = z.object({
  name: z.string(),
  ready: z.boolean(),
  restartCount: z.number(),
  state,
  lastState: state,
});

const pod = z.object({
  kind: z.literal('Pod'),
  metadata,
  spec: z
    .object({
      volumes: z
        .array(z.object({ persistentVolumeClaim: z.object({ claimName: z.string() }).optional() }))
        .default([]),
    })
    .prefault({}),
  status: z.object({ conditions, containerStatuses: z.array(container).default([]) }),
});

const event = z.object({
  kind: z.literal('Event'),
  reason: z.string().default(''),
  message: z.string().default(''),
  involvedObject: z.object({ kind: z.string(), name: z.string(), uid: z.string().optional() }),
});

const list = z.object({ items: z.array(z.unknown()) });

export type Workload = z.infer<typeof workload>;
export type Pod = z.infer<typeof pod>;
export type Container = z.infer<typeof container>;
export type Event = z.infer<typeof event>;

/** A workload in the cluster, with the pods of its newest revision. */
export interface Live {
  workload: Workload;
  pods: Pod[];
  /** Whether pods of an earlier revision are ready. */
  stillServes: boolean;
  /** The judgements of the newest version, if it is tried out. */
  judgements: Judged[];
  /** Events of the workload, its newest ReplicaSet, these pods and their volume claims. */
  events: Event[];
}

/** The kinds that `readLive` reads of every workload. */
export const watchedKinds: Kind[] = [
  { group: 'apps', resource: 'deployments' },
  { group: 'apps', resource: 'statefulsets' },
  { group: 'apps', resource: 'replicasets' },
  { group: 'batch', resource: 'jobs' },
  { group: '', resource: 'pods' },
  { group: '', resource: 'events' },
];

/**
 * @param answer the output of `kubectl get` for `watchedKinds`; for a Rollout also for `argoKinds`
 * @returns undefined where the workload does not exist
 */
export function readLive(answer: unknown, kind: Workload['kind'], name: string): Live | undefined {
  const { items } = list.parse(answer);
  const read = <T>(schema: z.ZodType<T>) => items.flatMap((item) => schema.safeParse(item).data ?? []);
  const found = read(workload).find((other) => other.kind === kind && other.metadata.name === name);
  if (found === undefined) return undefined;
  const owned = read(replicaSet).filter(isOwnedBy(found));
  const newest = owned.toSorted((one, other) => revisionOf(other) - revisionOf(one))[0];
  const all = read(pod).filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  const isNew = (candidate: Pod) =>
    kind === 'Deployment' || kind === 'Rollout'
      ? newest !== undefined && isOwnedBy(newest)(candidate)
      : isOwnedBy(found)(candidate) && isOfRevision(found, candidate);
  const pods = all.filter(isNew).toSorted((one, other) => (one.metadata.name < other.metadata.name ? -1 : 1));
  const earlier = all.filter((other) => owned.some((set) => set !== newest && isOwnedBy(set)(other)));
  const objects = [found, ...(newest ? [newest] : []), ...pods];
  const about = new Set([...objects.map(({ metadata }) => metadata.name), ...pods.flatMap(claimsOf)]);
  return {
    workload: found,
    pods,
    stillServes: earlier.some(isReady),
    judgements: kind === 'Rollout' ? judgementsOf(items, found.metadata, found.status.currentPodHash) : [],
    events: read(event).filter(({ involvedObject }) => about.has(involvedObject.name)),
  };
}

/** Returns the names of the volume claims that a pod mounts. */
export function claimsOf({ spec }: Pod): string[] {
  return spec.volumes.flatMap(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName ?? []);
}

interface Owned {
  metadata: z.infer<typeof metadata>;
}

function isOwnedBy(owner: Owned) {
  return ({ metadata: { ownerReferences } }: Owned) =>
    ownerReferences.some(({ uid }) => uid === owner.metadata.uid);
}

function revisionOf({ metadata: { annotations } }: Owned): number {
  return Number(annotations['deployment.kubernetes.io/revision'] ?? annotations[updateAnnotation] ?? 0);
}

/** A Job has one revision. */
function isOfRevision({ kind, status }: Workload, { metadata: { labels } }: Pod): boolean {
  return kind === 'Job' || labels['controller-revision-hash'] === status.updateRevision;
}

export function isReady({ status }: Pod): boolean {
  return status.conditions.some((condition) => condition.type === 'Ready' && condition.status === 'True');
}
