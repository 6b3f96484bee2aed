import type { KubernetesObject } from '../manifests.ts';
import { containerSettings } from './containers.ts';
import type { DeclaredFor } from './declared.ts';
import { nameOf, podsOf, type Pods } from './pods.ts';
import type { Violation } from '../../shared/violation.ts';

/**
 * Checks the settings that kube-score, Polaris, Trivy, Checkov and Kubescape check. Messages name kube-score's check
 * if it has one. Not checked:
 * - imagePullPolicy Always (container-image-pull-policy): tags of built images are hashes of the content, so another
 * pull returns the same image; and a cluster may have its images without a registry.
 * - secrets as files (CKV_K8S_35): services read secrets from their environment on every target.
 * - priorityClass: only the owner of a cluster can rank its systems.
 *
 * @param published the names of the Services that the stack file opens to the outside
 */
export function scannerSettings(
  objects: KubernetesObject[],
  declaredFor: DeclaredFor = () => ({}),
  published: readonly string[] = [],
): Violation[] {
  const pods = podsOf(objects);
  return [
    ...pods.flatMap((each) =>
      podSettings(each, objects, declaredFor).map((problem) => ({ object: each.owner, problem })),
    ),
    ...objects.flatMap((object) =>
      objectSettings(object, pods, objects, published).map((problem) => ({
        object: nameOf(object),
        problem,
      })),
    ),
  ];
}

function podSettings(pods: Pods, objects: KubernetesObject[], declaredFor: DeclaredFor): string[] {
  const { spec, object, labels } = pods;
  const account = objects.find(
    ({ kind, metadata }) => kind === 'ServiceAccount' && metadata.name === spec.serviceAccountName,
  );
  const isForever = ['Deployment', 'StatefulSet', 'Rollout'].includes(object.kind);
  return [
    ...spec.containers.flatMap((container) =>
      containerSettings(container, spec, isForever, declaredFor(pods, container)),
    ),
    ...when(spec.automountServiceAccountToken !== false, 'its pods get a token of the API server'),
    ...when(account === undefined, `its ServiceAccount ${spec.serviceAccountName} does not exist`),
    ...when(
      isForever && spec.topologySpreadConstraints === undefined && mostReplicas(object, objects) > 1,
      'its replicas may all run on one node (deployment-has-host-podantiaffinity)',
    ),
    ...when(
      !isForever && !['Never', 'OnFailure'].includes(spec.restartPolicy ?? ''),
      'restartPolicy must be Never or OnFailure (cronjob-restartpolicy)',
    ),
    ...when(labels['app.kubernetes.io/name'] === undefined, 'its pods have no name label'),
  ];
}

function objectSettings(
  object: KubernetesObject,
  pods: Pods[],
  objects: KubernetesObject[],
  published: readonly string[],
): string[] {
  const { kind, apiVersion, metadata } = object;
  return [
    ...when(
      kind !== 'Namespace' && ['', 'default', 'kube-system'].includes(metadata.namespace ?? ''),
      'needs its own namespace',
    ),
    ...when(
      /(alpha|beta)/.test(apiVersion) && !/^(keda\.sh|argoproj\.io)\//.test(apiVersion),
      `${apiVersion} is not stable (stable-version)`,
    ),
    ...when(/Role|RoleBinding/.test(kind), 'services need no access to the API server'),
    ...when(
      kind === 'Service' && isOutside(object) && !published.includes(metadata.name),
      'its type opens it to the outside (service-type)',
    ),
    ...(Object.hasOwn(byKind, kind) ? byKind[kind]!(object, pods, objects) : []),
  ];
}

function isOutside({ spec }: KubernetesObject): boolean {
  const { type = 'ClusterIP' } = spec as { type?: string };
  return type !== 'ClusterIP';
}

type Check = (object: KubernetesObject, pods: Pods[], objects: KubernetesObject[]) => string[];

const byKind: Record<string, Check> = {
  Deployment: (object, _, objects) => {
    const { strategy } = object.spec as {
      strategy?: { type?: string; rollingUpdate?: { maxUnavailable?: unknown } };
    };
    return [
      ...replicaProblems(object, objects),
      ...when(
        strategy?.type !== 'RollingUpdate' || strategy.rollingUpdate?.maxUnavailable !== 0,
        'an update removes pods before their replacements are ready (deployment-strategy)',
      ),
      ...budgetProblems(object, objects),
    ];
  },
  Rollout: (object, _, objects) => {
    const { strategy } = object.spec as { strategy: { canary?: { maxUnavailable?: unknown } } };
    return [
      ...replicaProblems(object, objects),
      ...when(
        strategy.canary?.maxUnavailable !== 0,
        'an update removes pods before their replacements are ready (deployment-strategy)',
      ),
      ...budgetProblems(object, objects),
    ];
  },
  StatefulSet: (object, _, objects) => budgetProblems(object, objects),
  CronJob: ({ spec }) => {
    const { startingDeadlineSeconds, concurrencyPolicy } = spec as Record<string, unknown>;
    return [
      ...when(startingDeadlineSeconds === undefined, 'has no deadline (cronjob-has-deadline)'),
      ...when(concurrencyPolicy !== 'Forbid', 'two runs may overlap'),
    ];
  },
  Service: ({ spec }, pods) => {
    const { selector, externalIPs, ports } = spec as {
      selector?: Record<string, string>;
      externalIPs?: string[];
      ports: { targetPort: number | string }[];
    };
    const chosen = pods.filter(({ labels }) => matches(selector ?? {}, labels));
    const open = chosen.flatMap(({ spec }) => spec.containers.flatMap((container) => container.ports ?? []));
    return [
      ...when(externalIPs !== undefined, 'has externalIPs'),
      ...when(chosen.length !== 1, `selects the pods of ${chosen.length} objects (service-targets-pod)`),
      ...when(
        ports.some(
          ({ targetPort }) =>
            !open.some(({ containerPort, name }) => [containerPort, name].includes(targetPort)),
        ),
        'targets a port that its pods do not have',
      ),
    ];
  },
  PodDisruptionBudget: ({ spec }, pods) => {
    const { selector, maxUnavailable } = spec as {
      selector: { matchLabels: Record<string, string> };
      maxUnavailable?: unknown;
    };
    const chosen = pods.filter(({ labels }) => matches(selector.matchLabels, labels));
    return [
      ...when(chosen.length !== 1, `covers the pods of ${chosen.length} objects`),
      ...when(maxUnavailable === 0 || maxUnavailable === '0%', 'blocks draining a node'),
    ];
  },
  HorizontalPodAutoscaler: (object, _, objects) => scalerProblems(object, objects),
  ScaledObject: (object, _, objects) => scalerProblems(object, objects),
};

function replicaProblems(object: KubernetesObject, objects: KubernetesObject[]): string[] {
  const { replicas } = object.spec as { replicas?: number };
  const isScaled = scalerOf(object, objects) !== undefined;
  return [
    ...when(isScaled && replicas !== undefined, 'a scaler and spec.replicas contradict each other'),
    ...when(!isScaled && replicas === undefined, 'does not set spec.replicas (deployment-replicas)'),
  ];
}

function scalerProblems({ spec }: KubernetesObject, objects: KubernetesObject[]): string[] {
  const { scaleTargetRef } = spec as { scaleTargetRef: { kind: string; name: string } };
  const target = objects.find(
    ({ kind, metadata }) => kind === scaleTargetRef.kind && metadata.name === scaleTargetRef.name,
  );
  if (target === undefined) return ['its target does not exist (horizontalpodautoscaler-has-target)'];
  const scalers = objects.filter(
    ({ kind, spec }) =>
      ['HorizontalPodAutoscaler', 'ScaledObject'].includes(kind) &&
      (spec as { scaleTargetRef: { name: string } }).scaleTargetRef.name === scaleTargetRef.name,
  );
  return when(scalers.length > 1, `${scalers.length} scalers work against each other`);
}

function budgetProblems(object: KubernetesObject, objects: KubernetesObject[]): string[] {
  const { selector } = object.spec as { selector: { matchLabels: Record<string, string> } };
  const budget = objects.some(
    ({ kind, spec }) =>
      kind === 'PodDisruptionBudget' &&
      matches(
        (spec as { selector: { matchLabels: Record<string, string> } }).selector.matchLabels,
        selector.matchLabels,
      ),
  );
  // A budget for a single pod would block draining its node forever.
  return when(fewestReplicas(object, objects) > 1 && !budget, 'has no PodDisruptionBudget');
}

function fewestReplicas(object: KubernetesObject, objects: KubernetesObject[]): number {
  const scaler = scalerOf(object, objects)?.spec as
    { minReplicas?: number; minReplicaCount?: number } | undefined;
  if (scaler !== undefined) return scaler.minReplicas ?? scaler.minReplicaCount ?? 1;
  return (object.spec as { replicas?: number }).replicas ?? 1;
}

function mostReplicas(object: KubernetesObject, objects: KubernetesObject[]): number {
  const scaler = scalerOf(object, objects)?.spec as
    { maxReplicas?: number; maxReplicaCount?: number } | undefined;
  if (scaler !== undefined) return scaler.maxReplicas ?? scaler.maxReplicaCount ?? 1;
  return (object.spec as { replicas?: number }).replicas ?? 1;
}

function scalerOf({ metadata }: KubernetesObject, objects: KubernetesObject[]): KubernetesObject | undefined {
  return objects.find(
    ({ kind, spec }) =>
      ['HorizontalPodAutoscaler', 'ScaledObject'].includes(kind) &&
      (spec as { scaleTargetRef: { name: string } }).scaleTargetRef.name === metadata.name,
  );
}

function matches(selector: Record<string, string>, labels: Record<string, string>): boolean {
  return Object.entries(selector).every(([name, value]) => labels[name] === value);
}

function when(isWrong: boolean, problem: string): string[] {
  return isWrong ? [problem] : [];
}
