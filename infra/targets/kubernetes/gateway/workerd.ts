import type { Text } from '../../../plan/hole.ts';
import { imageUser } from '../../../artifacts/dockerfile.ts';
import { gatewayCommand } from '../../../containers/gateway.ts';
import type { Entrance } from './deployment.ts';

/**
 * The port of the gateway's pods. `gateway.port` of the stack file is only the port of the Service. A change of it
 * therefore does not replace the pods, and the Service never points to a port that the pods of one version do not have.
 */
export const workerdPort = 8080;

/** Railhead's gateway. It refuses new connections after SIGTERM, so its Service must stop sending requests before that. */
export function workerdEntrance(image: Text, revision: Text): Entrance {
  // The Worker answers this path itself, independent of the routes and of the services behind them.
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
      // A slow gateway must not be restarted, so liveness only opens a connection.
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
