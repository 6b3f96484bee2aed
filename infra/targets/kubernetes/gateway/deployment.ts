import type { WithHoles } from '../../../plan/resource.ts';
import type { Text } from '../../../plan/hole.ts';
import { gatewayArtifact } from '../../../artifacts/programs.ts';
import { gatewayConfigFolder } from '../../../containers/gateway.ts';
import type { input } from '../inputs.ts';
import { revisionAnnotation } from '../pod.ts';
import { watched } from '../rollout.ts';
import { labels, metadata, pulling, servingPodsOf, type Scope } from '../scope.ts';
import { containerSecurity, podSecurity } from '../security.ts';

/** What runs at the entrance: our gateway, or the cluster's end of Cloudflare's tunnel. */
export interface Entrance {
  image: Text;
  command: string[];
  environment: { name: string; value: string }[];
  user: number;
  port: number;
  probes: Pick<WithHoles<input.core.v1.Container>, 'startupProbe' | 'readinessProbe' | 'livenessProbe'>;
  /** Changes with the file that the program reads from the Secret. */
  revision: Text;
  /** Seconds that it goes on serving after it has begun to end, and then has to end. */
  preStop: number;
  grace: number;
}

/** Seconds that a new pod may take. */
export const progressDeadlineSeconds = 120;

/** Returns the Deployment of the gateway. It has two pods, so that one can fail, and a rollout replaces them one by one. */
export function entranceArgs(scope: Scope, entrance: Entrance) {
  const { revision, preStop, grace } = entrance;
  const pods = servingPodsOf(scope, gatewayArtifact);
  return {
    metadata: { ...metadata(scope, gatewayArtifact), annotations: watched },
    spec: {
      replicas: 2,
      selector: { matchLabels: pods },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
      minReadySeconds: 5,
      progressDeadlineSeconds,
      revisionHistoryLimit: 3,
      template: {
        metadata: { labels: labels(scope, gatewayArtifact), annotations: { [revisionAnnotation]: revision } },
        spec: {
          ...pulling(scope),
          serviceAccountName: gatewayArtifact,
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          securityContext: { ...podSecurity(entrance.user, { port: entrance.port }), fsGroup: entrance.user },
          terminationGracePeriodSeconds: preStop + grace,
          topologySpreadConstraints: ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'].map(
            (topologyKey) => ({
              maxSkew: 1,
              topologyKey,
              whenUnsatisfiable: 'ScheduleAnyway',
              labelSelector: { matchLabels: pods },
            }),
          ),
          containers: [container(entrance)],
          volumes: [
            { name: 'tmp', emptyDir: { sizeLimit: '64Mi' } },
            { name: 'config', secret: { secretName: gatewayArtifact, defaultMode: 0o440 } },
          ],
        },
      },
    } satisfies WithHoles<input.apps.v1.DeploymentSpec>,
  };
}

function container({
  image,
  command,
  environment,
  port,
  probes,
  preStop,
}: Entrance): WithHoles<input.core.v1.Container> {
  return {
    name: gatewayArtifact,
    image,
    imagePullPolicy: 'IfNotPresent',
    command,
    ...(environment.length > 0 && { env: environment }),
    ports: [{ name: 'main', containerPort: port }],
    resources: {
      limits: { cpu: '1', memory: '512Mi', 'ephemeral-storage': '1Gi' },
      requests: { cpu: '100m', memory: '128Mi', 'ephemeral-storage': '64Mi' },
    },
    ...probes,
    ...(preStop > 0 && { lifecycle: { preStop: { sleep: { seconds: preStop } } } }),
    securityContext: containerSecurity,
    terminationMessagePolicy: 'FallbackToLogsOnError',
    volumeMounts: [
      { name: 'tmp', mountPath: '/tmp' },
      { name: 'config', mountPath: gatewayConfigFolder, readOnly: true },
    ],
  };
}
