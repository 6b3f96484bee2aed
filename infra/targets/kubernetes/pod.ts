import type { WithHoles } from '../../plan/resource.ts';
import type { Text } from '../../plan/hole.ts';
import type { CodeService } from '../../stack/schema.ts';
import { namedPorts } from '../../stack/ports.ts';
import { mountsOf } from '../../stack/volumes.ts';
import { listeningPort } from '../../containers/environment.ts';
import type { input } from './inputs.ts';
import { onOneNode } from './one-node.ts';
import { resourcesOf } from './resources.ts';
import { withoutGpu } from '../../containers/limits.ts';
import { labels, podsOf, pulling, type Component, type Scope } from './scope.ts';
import type { PodFiles } from './files.ts';
import { scratchOf } from './scratch.ts';
import { securityOf } from './security.ts';
import { marks, scheduling } from './settings.ts';

/** The parts of a pod that differ between the pods of a service. */
export interface Pod {
  component: Component;
  image: Text;
  /** Replaces the entry point of the image, and its command. */
  command?: string[];
  /** Replaces the command of the image. */
  args?: string[];
  environment: WithHoles<input.core.v1.EnvVar>[];
  envFrom?: WithHoles<input.core.v1.EnvFromSource>[];
  /** Changes with the secret values. */
  revision?: Text | undefined;
  restartPolicy?: 'Always' | 'OnFailure' | 'Never';
  /** Probes and hooks of a serving pod. */
  serving?: Partial<WithHoles<input.core.v1.Container>>;
  /** The name of the service's port; `main`, to which its Service leads, unless another container gets its requests. */
  portName?: string;
  /** The mounted files and the volumes that have them. */
  files?: PodFiles;
  /** Sidecar containers, which run in the same pod as the service. */
  sidecars?: WithHoles<input.core.v1.Container>[];
  /** Seconds from the end of the `preStop` hook to SIGKILL. */
  grace: number;
}

/** The annotation with the value of `Pod.revision`. */
export const revisionAnnotation = 'railhead/secrets';

/** The annotation with the value of `PodFiles.revision`. */
const filesAnnotation = 'railhead/files';

/** Returns a pod that the Pod Security standard `restricted` allows, unless the stack file declares its user. */
export function podTemplate(
  scope: Scope,
  service: string,
  config: CodeService,
  pod: Pod,
): WithHoles<input.core.v1.PodTemplateSpec> {
  const { volume } = config;
  const hasVolume = volume !== undefined && pod.component === 'service';
  const mounts = pod.component === 'service' ? mountsOf(service, config) : [];
  const security = securityOf(config, hasVolume || mounts.length > 0);
  const scratch = scratchOf(config);
  const place = onOneNode(scope, mounts);
  const own = { ...labels(scope, service, pod.component), ...place.labels };
  return {
    metadata: marks(config, own, annotationsOf(pod)),
    spec: {
      ...pulling(scope),
      serviceAccountName: service,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      ...scheduling(config),
      ...place.spec,
      securityContext: security.pod,
      terminationGracePeriodSeconds: pod.grace,
      ...(pod.restartPolicy !== undefined && { restartPolicy: pod.restartPolicy }),
      ...(pod.component === 'service' && { topologySpreadConstraints: spread(scope, service) }),
      containers: [
        {
          ...container(service, config, pod),
          securityContext: security.container,
          volumeMounts: [
            ...scratch.mounts,
            ...(hasVolume ? [{ name: 'data', mountPath: volume.path }] : []),
            ...mounts.map(({ name, path, readOnly }) => ({
              name: `volume-${name}`,
              mountPath: path,
              ...(readOnly && { readOnly }),
            })),
            ...(pod.files?.mounts ?? []),
          ],
        },
        ...(pod.sidecars ?? []),
      ],
      volumes: [
        ...scratch.volumes,
        ...(hasVolume ? [{ name: 'data', persistentVolumeClaim: { claimName: service } }] : []),
        ...mounts.map(({ name, id }) => ({
          name: `volume-${name}`,
          persistentVolumeClaim: { claimName: id },
        })),
        ...(pod.files?.volumes ?? []),
      ],
    },
  };
}

function annotationsOf({ revision, files }: Pod): Record<string, Text> {
  return {
    ...(revision !== undefined && { [revisionAnnotation]: revision }),
    ...(files?.revision !== undefined && { [filesAnnotation]: files.revision }),
  };
}

function container(service: string, config: CodeService, pod: Pod): WithHoles<input.core.v1.Container> {
  const { image, command, args, environment, envFrom, serving, portName = 'main' } = pod;
  const port = listeningPort(config);
  return {
    name: service,
    image,
    imagePullPolicy: 'IfNotPresent',
    ...(command !== undefined && { command }),
    ...(args !== undefined && { args }),
    env: environment,
    ...(envFrom !== undefined && { envFrom }),
    ...(port !== undefined &&
      serving !== undefined && {
        ports: [
          { name: portName, containerPort: port },
          ...namedPorts(config).map(({ name, port }) => ({ name, containerPort: port })),
        ],
      }),
    resources: resourcesOf(pod.component === 'predeploy' ? withoutGpu(config) : config),
    ...serving,
    // Puts the last lines of a failed container into the status of its pod, for `kubectl describe`.
    terminationMessagePolicy: 'FallbackToLogsOnError',
  };
}

/** Spreads pods evenly over nodes and zones. A pod that cannot be placed evenly is placed anyway. */
function spread(scope: Scope, service: string): WithHoles<input.core.v1.TopologySpreadConstraint>[] {
  return ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'].map((topologyKey) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: podsOf(scope, service) },
  }));
}
