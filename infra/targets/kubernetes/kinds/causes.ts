import { outOfMemory } from '../../../common/failure-messages.ts';
import { claimsOf, type Container, type Event, type Live, type Pod, type Workload } from './objects.ts';
import { isObserved } from './progress.ts';

/** What keeps a workload from getting ready. */
export interface Cause {
  /** Follows "did not get ready: ", without a full stop. */
  reason: string;
  /** Seconds for which the cause must hold to be final. Until then it can disappear by itself. */
  patience: number;
  /** What a probe reported. */
  check?: string | undefined;
  /** The container whose log shows more. `previous` selects the log before the last restart. */
  log?: { pod: string; container: string; previous: boolean };
  /** Arguments of the kubectl command that shows more. */
  next: string[];
  pod?: string;
  /** An earlier rollout left the pod in this state: a new pod needs longer than one second to reach it. */
  isOld?: boolean;
}

/** Starts after which a container is in a crash loop. Kubernetes pauses for 10 s before the third start, 20 s before the fourth. */
const mostStarts = 3;

/** Seconds. The kubelet retries an image or a Secret within this time. */
const forStart = 10;
const forQuota = 15;
/** Seconds. A controller that starts again takes over within this time. */
const forController = 60;
/** Seconds. A storage provisioner tries again within this time. */
const forVolume = 60;
/** Seconds. A node autoscaler reports within this time that it adds a node. */
const forNode = 30;

/** Returns all causes that hold now, in a stable order. The first one takes precedence. */
export function causesOf({ workload, pods, events }: Live): Cause[] {
  const ofController = causeOfController(workload);
  if (ofController !== undefined) return [ofController];
  const ofPods = pods.flatMap(
    (pod) => causeOfVolume(pod, events) ?? causeOfPod(pod, eventsOf(pod, events)) ?? [],
  );
  const refused =
    workload.status.conditions.find(({ type, status }) => type === 'ReplicaFailure' && status === 'True') ??
    (pods.length === 0 ? events.find(({ reason }) => reason === 'FailedCreate') : undefined);
  if (refused === undefined) return ofPods;
  const { kind, metadata } = workload;
  const next = refused.message.includes('quota') ? ['resourcequota'] : [kind.toLowerCase(), metadata.name];
  return [
    {
      reason: `the cluster refuses its pods: ${refused.message}`,
      patience: forQuota,
      next: ['describe', ...next],
    },
    ...ofPods,
  ];
}

/** What keeps the controller of Argo Rollouts from acting on a Rollout. */
function causeOfController(workload: Workload): Cause | undefined {
  const { kind, metadata, status } = workload;
  if (kind !== 'Rollout') return undefined;
  const next = ['describe', 'rollouts.argoproj.io', metadata.name];
  const invalid = status.conditions.find(({ type, status }) => type === 'InvalidSpec' && status === 'True');
  if (invalid !== undefined) {
    return { reason: `Argo Rollouts refuses it: ${endless(invalid.message)}`, patience: 0, next };
  }
  if (isObserved(workload)) return undefined;
  return { reason: 'no controller of Argo Rollouts acts on it', patience: forController, next };
}

function eventsOf({ metadata }: Pod, events: Event[]): Event[] {
  return events.filter(({ involvedObject: { kind, name } }) => kind === 'Pod' && name === metadata.name);
}

/** A pod that waits for a volume has no condition that says why. */
function causeOfVolume(pod: Pod, events: Event[]): Cause | undefined {
  if (pod.status.conditions.some(({ type, status }) => type === 'PodScheduled' && status === 'True'))
    return undefined;
  const claims = claimsOf(pod);
  const failed = events.findLast(
    ({ reason, involvedObject: { kind, name } }) =>
      reason === 'ProvisioningFailed' && kind === 'PersistentVolumeClaim' && claims.includes(name),
  );
  if (failed === undefined) return undefined;
  const { name } = failed.involvedObject;
  return {
    reason: `its volume ${name} cannot be created: ${endless(failed.message)}`,
    patience: forVolume,
    pod: pod.metadata.name,
    next: ['describe', 'persistentvolumeclaim', name],
  };
}

function causeOfPod(pod: Pod, events: Event[]): Cause | undefined {
  const { name } = pod.metadata;
  const placed = pod.status.conditions.find(({ type }) => type === 'PodScheduled');
  if (placed?.status === 'False') {
    const mayPass =
      /PersistentVolumeClaim/.test(placed.message) ||
      events.some(({ reason }) => /^(TriggeredScaleUp|Nominated)$/.test(reason));
    return {
      reason: `no node takes pod ${name}: ${endless(placed.message)}`,
      patience: mayPass ? Infinity : forNode,
      pod: name,
      next: ['describe', 'pod', name],
    };
  }
  const container = pod.status.containerStatuses.find(({ ready }) => !ready);
  return container && causeOfContainer(name, container, events);
}

function causeOfContainer(pod: string, container: Container, events: Event[]): Cause | undefined {
  const { state, lastState, restartCount, name } = container;
  const { waiting } = state;
  const check = events.findLast(({ reason }) => reason === 'Unhealthy')?.message;
  const describe = ['describe', 'pod', pod];
  if (waiting !== undefined && /Image|Pull/.test(waiting.reason)) {
    const reason = `pod ${pod} cannot pull its image: ${endless(waiting.message || waiting.reason)}`;
    const isOld = waiting.reason === 'ImagePullBackOff';
    return { reason, patience: forStart, pod, next: describe, isOld };
  }
  const ended = state.terminated ?? lastState.terminated;
  const isRunning = waiting === undefined && state.terminated === undefined;
  if (ended === undefined) {
    if (waiting !== undefined && !/ContainerCreating|PodInitializing/.test(waiting.reason)) {
      const reason = `pod ${pod} cannot start: ${waiting.reason}: ${endless(waiting.message)}`;
      return { reason, patience: forStart, pod, next: describe };
    }
    if (!isRunning || check === undefined) return undefined;
    const log = { pod, container: name, previous: false };
    return {
      reason: `pod ${pod} runs, but is not ready`,
      patience: Infinity,
      check,
      log,
      next: ['logs', pod],
    };
  }
  const ends = restartCount + (isRunning ? 0 : 1);
  const previous = state.terminated === undefined;
  const memory = ended.reason === 'OOMKilled' ? outOfMemory : '';
  const times = ends > 1 ? `${ends} times, the last time ` : '';
  // The kubelet ends a container that does not pass its startup probe, and starts it again.
  const isSlow = events.some(({ reason, message }) => reason === 'Killing' && /startup probe/.test(message));
  return {
    reason: `pod ${pod} ended ${times}with exit code ${ended.exitCode}${memory}`,
    patience: ends >= mostStarts || isSlow ? 0 : Infinity,
    check,
    pod,
    log: { pod, container: name, previous },
    // The container may have restarted by the time the user runs the command.
    next: ['logs', pod, ...(restartCount > 0 ? ['--previous'] : [])],
    isOld: ends >= mostStarts - 1,
  };
}

function endless(message: string): string {
  return message.trim().replace(/\.$/, '');
}
