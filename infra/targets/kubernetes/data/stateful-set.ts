import type { WithHoles } from '../../../plan/resource.ts';
import type { Text } from '../../../plan/hole.ts';
import { serverImage, type DataService } from '../../../data/index.ts';
import {
  dataFolder,
  dataGrace,
  dataUser,
  scriptsFolder,
  secretsFolder,
  type DataContainer,
} from '../../../data/container.ts';
import type { input } from '../inputs.ts';
import { revisionAnnotation } from '../pod.ts';
import { resourcesOf } from '../resources.ts';
import { watched } from '../rollout.ts';
import { labels, podManagementPolicy, pulling, servingPodsOf, type Scope } from '../scope.ts';
import { containerSecurity, podSecurity } from '../security.ts';
import { poolerContainer, poolerVolumes } from './pooler.ts';
import type { PoolerPlan } from '../../shared/data-server.ts';
import { marks, scheduling, workloadMetadata, type WithSettings } from '../settings.ts';

type Container = Omit<DataContainer, 'secrets'>;

/** Seconds for a server with an empty or well-kept disk to answer, and to read again what a crash has left. */
export const startTimeout = 600;

/** One pod on its own disk; the next one starts when that has let go of it. */
export function dataStatefulSetArgs(
  scope: Scope,
  name: string,
  config: DataService,
  container: Container,
  revision: Text,
  pooler?: PoolerPlan,
) {
  return {
    metadata: workloadMetadata(scope, name, config, { annotations: watched }),
    spec: {
      serviceName: name,
      replicas: 1,
      selector: { matchLabels: servingPodsOf(scope, name) },
      podManagementPolicy,
      revisionHistoryLimit: 3,
      template: {
        metadata: marks(config, labels(scope, name), { [revisionAnnotation]: revision }),
        spec: {
          ...dataPod(scope, name, config),
          terminationGracePeriodSeconds: dataGrace,
          containers: [
            {
              ...dataContainer(name, serverImage(scope.images, config), container),
              ports: [{ name: 'main', containerPort: container.port }],
              resources: resourcesOf(config),
              ...probes(container),
            },
            ...(pooler === undefined ? [] : [poolerContainer(scope, pooler)]),
          ],
          volumes: [
            { name: 'data', persistentVolumeClaim: { claimName: name } },
            ...fileVolumes(name, container),
            ...(pooler === undefined ? [] : poolerVolumes(name, pooler)),
          ],
        },
      },
    } satisfies WithHoles<input.apps.v1.StatefulSetSpec>,
  };
}

/** Of every pod that runs the image of a data server. */
export function dataPod(scope: Scope, name: string, config: WithSettings) {
  return {
    ...pulling(scope),
    serviceAccountName: name,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    ...scheduling(config),
    securityContext: podSecurity(dataUser, { ownsVolume: true }),
  } satisfies Partial<WithHoles<input.core.v1.PodSpec>>;
}

export function dataContainer(
  name: string,
  image: string,
  { command, environment, scratch, scripts }: Omit<Container, 'port' | 'probes'>,
) {
  return {
    name,
    image,
    imagePullPolicy: 'IfNotPresent',
    command,
    env: Object.entries(environment).map(([variable, value]) => ({ name: variable, value })),
    securityContext: containerSecurity,
    terminationMessagePolicy: 'FallbackToLogsOnError',
    volumeMounts: [
      { name: 'data', mountPath: dataFolder },
      { name: 'secrets', mountPath: secretsFolder, readOnly: true },
      ...(isEmpty(scripts) ? [] : [{ name: 'scripts', mountPath: scriptsFolder, readOnly: true }]),
      ...scratch.map((mountPath, index) => ({ name: `scratch-${index}`, mountPath })),
    ],
  } satisfies WithHoles<input.core.v1.Container>;
}

/** Files and scratch folders of `dataContainer`. */
export function fileVolumes(
  name: string,
  { scratch, scripts }: Pick<Container, 'scratch' | 'scripts'>,
  scriptsName = name,
): WithHoles<input.core.v1.Volume>[] {
  return [
    // Readable by the group, which is the pod's `fsGroup`.
    { name: 'secrets', secret: { secretName: name, defaultMode: 0o440 } },
    ...(isEmpty(scripts) ? [] : [{ name: 'scripts', configMap: { name: scriptsName } }]),
    ...scratch.map((_, index) => ({
      name: `scratch-${index}`,
      emptyDir: { medium: 'Memory', sizeLimit: '128Mi' },
    })),
  ];
}

function probes({ probes: { alive, ready } }: Container) {
  const exec = (command: string[]) => ({ exec: { command }, timeoutSeconds: 5 });
  return {
    startupProbe: { ...exec(alive), periodSeconds: 2, failureThreshold: startTimeout / 2 },
    readinessProbe: { ...exec(ready), periodSeconds: 5, failureThreshold: 2 },
    livenessProbe: { ...exec(alive), periodSeconds: 10, failureThreshold: 6 },
  };
}

function isEmpty(files: object): boolean {
  return Object.keys(files).length === 0;
}
