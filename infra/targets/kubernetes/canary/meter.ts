import type { Text } from '../../../plan/hole.ts';
import { imageUser } from '../../../artifacts/dockerfile.ts';
import type { WithHoles } from '../../../plan/resource.ts';
import { versionLabel } from '../argo.ts';
import { envVars } from '../environment.ts';
import type { input } from '../inputs.ts';
import { containerSecurity } from '../security.ts';
import { meterEnvironment, versionVariable } from './meter/environment.ts';
import type { TriedOut } from './tried-out.ts';

/** Resources of a program that forwards or reads. */
export const meterResources = {
  limits: { cpu: '1', memory: '256Mi', 'ephemeral-storage': '64Mi' },
  requests: { cpu: '50m', memory: '64Mi', 'ephemeral-storage': '16Mi' },
};

/**
 * Returns the container that receives the requests of a pod and counts the answers of its service: only there both the
 * version and each answer are known.
 *
 * @param preStop seconds for which the service accepts requests while its pod ends
 */
export function meterContainer(
  service: string,
  image: Text,
  { service: port, meter, figures }: TriedOut,
  preStop: number,
): WithHoles<input.core.v1.Container> {
  const environment = meterEnvironment({ service: port, listen: meter, figures });
  return {
    // A service can have the name `meter` itself.
    name: `${service}-meter`,
    image,
    imagePullPolicy: 'IfNotPresent',
    command: ['node', 'meter.js'],
    env: envVars(environment, { [versionVariable]: `metadata.labels['${versionLabel}']` }),
    ports: [
      { name: 'main', containerPort: meter },
      { name: 'figures', containerPort: figures },
    ],
    resources: meterResources,
    readinessProbe: { tcpSocket: { port: meter }, periodSeconds: 2, failureThreshold: 2 },
    // The meter refuses requests before the service does, so that it never forwards one to a service that ends.
    lifecycle: { preStop: { sleep: { seconds: preStop - 2 } } },
    // The service in the same pod may run as another user.
    securityContext: {
      ...containerSecurity,
      runAsNonRoot: true,
      runAsUser: imageUser,
      runAsGroup: imageUser,
    },
    terminationMessagePolicy: 'FallbackToLogsOnError',
  };
}
