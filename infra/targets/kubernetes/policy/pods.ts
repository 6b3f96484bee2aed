import type { KubernetesObject } from '../manifests.ts';

/** The fields of Kubernetes' PodSpec that policies check. */
export interface PodSpec {
  containers: Container[];
  initContainers?: Container[];
  ephemeralContainers?: Container[];
  volumes?: Record<string, unknown>[];
  securityContext?: PodSecurityContext;
  hostNetwork?: boolean;
  hostPID?: boolean;
  hostIPC?: boolean;
  restartPolicy?: string;
  serviceAccountName?: string;
  automountServiceAccountToken?: boolean;
  imagePullSecrets?: { name: string }[];
  topologySpreadConstraints?: unknown[];
  affinity?: { podAntiAffinity?: unknown };
}

export interface SecurityContext {
  allowPrivilegeEscalation?: boolean;
  capabilities?: { add?: string[]; drop?: string[] };
  privileged?: boolean;
  procMount?: string;
  readOnlyRootFilesystem?: boolean;
  runAsNonRoot?: boolean;
  runAsUser?: number;
  runAsGroup?: number;
  seccompProfile?: { type?: string };
  appArmorProfile?: { type?: string };
  seLinuxOptions?: { type?: string; user?: string; role?: string };
  windowsOptions?: { hostProcess?: boolean };
}

export interface PodSecurityContext extends SecurityContext {
  sysctls?: { name: string }[];
}

interface Handler {
  httpGet?: { host?: string };
  tcpSocket?: { host?: string };
}

type Amounts = Record<string, string | undefined>;

export interface Container {
  name: string;
  image?: string;
  imagePullPolicy?: string;
  args?: string[];
  command?: string[];
  env?: { name: string; value?: string }[];
  ports?: { name?: string; containerPort: number; hostPort?: number }[];
  resources?: { limits?: Amounts; requests?: Amounts };
  securityContext?: SecurityContext;
  livenessProbe?: Handler;
  readinessProbe?: Handler;
  startupProbe?: Handler;
  lifecycle?: { preStop?: Handler; postStart?: Handler };
}

/** The pod template of an object. */
export interface Pods {
  /** `CronJob/scheduler` */
  owner: string;
  object: KubernetesObject;
  labels: Record<string, string>;
  annotations: Record<string, string>;
  spec: PodSpec;
}

interface Template {
  metadata?: { labels?: Record<string, string>; annotations?: Record<string, string> };
  spec: PodSpec;
}

/** Returns the pod templates of all objects that have one. */
export function podsOf(objects: KubernetesObject[]): Pods[] {
  return objects.flatMap((object) => {
    const template = templateOf(object);
    if (template === undefined) return [];
    const { labels = {}, annotations = {} } = template.metadata ?? {};
    return [{ owner: nameOf(object), object, labels, annotations, spec: template.spec }];
  });
}

export function nameOf({ kind, metadata }: KubernetesObject): string {
  return `${kind}/${metadata.name}`;
}

export function allContainers({ containers, initContainers, ephemeralContainers }: PodSpec): Container[] {
  return [...containers, ...(initContainers ?? []), ...(ephemeralContainers ?? [])];
}

function templateOf(object: KubernetesObject): Template | undefined {
  const spec = object.spec as {
    template?: Template;
    jobTemplate?: { spec: { template: Template } };
    metrics?: { provider: { job: { spec: { template: Template } } } }[];
  };
  switch (object.kind) {
    case 'Pod':
      return object as unknown as Template;
    case 'Deployment':
    case 'StatefulSet':
    case 'DaemonSet':
    case 'ReplicaSet':
    case 'Rollout':
    case 'Job':
      return spec.template;
    case 'CronJob':
      return spec.jobTemplate?.spec.template;
    case 'AnalysisTemplate':
      return spec.metrics?.[0]?.provider.job.spec.template;
    default:
      return undefined;
  }
}
