import type { Text } from '../../../plan/hole.ts';
import { gatewayConfigFolder } from '../../../containers/gateway.ts';
import type { Entrance } from './deployment.ts';

/** The file of the Secret with the tunnel's token. */
export const tokenFile = 'token';

/** Pinned by digest: cloudflared must not change without a change of the program. */
export const cloudflaredImage =
  'cloudflare/cloudflared:2026.7.3@sha256:e39ee8da81ad5e05d77f38d2f51c60ca51bf2a8450ac3abab50c17fdb91d91bf';

/** The user of the image. */
const user = 65_532;

const metricsPort = 2000;

/** The cluster's end of Cloudflare's tunnel. It only connects out, and gives open requests 30 s after SIGTERM. */
export function cloudflaredEntrance(revision: Text): Entrance {
  const tunnel = ['cloudflared', 'tunnel', '--no-autoupdate', '--metrics', `0.0.0.0:${metricsPort}`];
  // If UDP is blocked, cloudflared would fall back to HTTP/2: it would be ready, but every request of the Worker would
  // fail.
  const protocol = ['--protocol', 'quic'];
  const runs = { tcpSocket: { port: metricsPort } };
  return {
    image: cloudflaredImage,
    command: [...tunnel, ...protocol, 'run', '--token-file', `${gatewayConfigFolder}/${tokenFile}`],
    environment: [],
    user,
    port: metricsPort,
    probes: {
      // cloudflared retries by itself while Cloudflare is unreachable; a restart would not help.
      startupProbe: { ...runs, periodSeconds: 2, failureThreshold: 30 },
      livenessProbe: { ...runs, periodSeconds: 10, failureThreshold: 3 },
      // Returns 200 with a connection to Cloudflare, and 503 without one.
      readinessProbe: {
        httpGet: { path: '/ready', port: metricsPort },
        periodSeconds: 5,
        failureThreshold: 2,
      },
    },
    revision,
    preStop: 0,
    grace: 45,
  };
}
