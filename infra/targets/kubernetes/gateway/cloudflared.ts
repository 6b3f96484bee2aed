import type { Input } from '@pulumi/pulumi';
import { gatewayConfigFolder } from '../../containers/gateway.ts';
import type { Entrance } from './deployment.ts';

/** File of the Secret that holds the tunnel's token. */
export const tokenFile = 'token';

/** Pinned: it updates neither itself nor unasked. */
export const cloudflaredImage =
  'cloudflare/cloudflared:2026.7.3@sha256:e39ee8da81ad5e05d77f38d2f51c60ca51bf2a8450ac3abab50c17fdb91d91bf';

/** The image's own user. */
const user = 65_532;

const metricsPort = 2000;

/** The cluster's end of Cloudflare's tunnel: it only calls out. After SIGTERM open requests have 30 s by themselves. */
export function cloudflaredEntrance(revision: Input<string>): Entrance {
  const tunnel = ['cloudflared', 'tunnel', '--no-autoupdate', '--metrics', `0.0.0.0:${metricsPort}`];
  // Over HTTP/2, its choice where UDP is closed, it would be ready and every request of the Worker would fail.
  const protocol = ['--protocol', 'quic'];
  const runs = { tcpSocket: { port: metricsPort } };
  return {
    image: cloudflaredImage,
    command: [...tunnel, ...protocol, 'run', '--token-file', `${gatewayConfigFolder}/${tokenFile}`],
    environment: [],
    user,
    port: metricsPort,
    probes: {
      // While Cloudflare cannot be reached it tries again by itself; another start would not help.
      startupProbe: { ...runs, periodSeconds: 2, failureThreshold: 30 },
      livenessProbe: { ...runs, periodSeconds: 10, failureThreshold: 3 },
      // 200 with a connection to Cloudflare, 503 without.
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
