import type { Input } from '@pulumi/pulumi';
import { imageUser } from '../../../artifacts/image.ts';
import { gatewayCommand } from '../../containers/gateway.ts';
import type { Entrance } from './deployment.ts';

/**
 * Where its pods listen, whatever `gateway.port` of the stack file says: that is the port of the Service alone. Another one then
 * needs no other pods, and there is no time in which the Service leads to a port that the pods of one version do not have.
 */
export const workerdPort = 8080;

/** Our gateway. It takes no new connections from SIGTERM on, so it must be out of the balance before. */
export function workerdEntrance(image: Input<string>, revision: Input<string>): Entrance {
  // The Worker answers this path itself, whatever the routes are; it says nothing of the services behind it.
  const answers = { httpGet: { path: '/health', port: workerdPort } };
  return {
    image,
    command: gatewayCommand,
    environment: [
      { name: 'NODE_ENV', value: 'production' },
      { name: 'HOME', value: '/tmp' },
    ],
    user: imageUser,
    port: workerdPort,
    probes: {
      startupProbe: { ...answers, periodSeconds: 1, timeoutSeconds: 1, failureThreshold: 60 },
      readinessProbe: { ...answers, periodSeconds: 2, timeoutSeconds: 2, failureThreshold: 2 },
      // A gateway that is only slow is not ended.
      livenessProbe: {
        tcpSocket: { port: workerdPort },
        periodSeconds: 10,
        timeoutSeconds: 5,
        failureThreshold: 3,
      },
    },
    revision,
    preStop: 10,
    grace: 15,
  };
}
