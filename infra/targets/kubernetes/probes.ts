import type { CodeService } from '../../stack/schema.ts';
import { listeningPort } from '../containers/environment.ts';
import { minReady } from '../rollout-times.ts';
import type { input } from './inputs.ts';

type Probes = Pick<input.core.v1.Container, 'startupProbe' | 'readinessProbe' | 'livenessProbe'>;

/**
 * Until a service has answered once only the startup probe asks. Then two failures in four seconds take it out of the
 * balance, and half a minute without an answer restarts it.
 */
export function probesOf(config: CodeService): Probes {
  const port = listeningPort(config);
  const { health, volume } = config;
  if (port === undefined) return {};
  // Of a StatefulSet Pulumi waits for a pod that is ready, not for one that has stayed so.
  const initialDelaySeconds = volume === undefined ? 0 : minReady(config);
  const readiness = {
    ...(initialDelaySeconds > 0 && { initialDelaySeconds }),
    periodSeconds: 2,
    failureThreshold: 2,
  };
  if (health === undefined) return { readinessProbe: { tcpSocket: { port }, ...readiness } };
  const get = (path: string) => ({ httpGet: { path, port } });
  return {
    startupProbe: {
      ...get(health.path),
      periodSeconds: 1,
      timeoutSeconds: 1,
      failureThreshold: health.timeout,
    },
    readinessProbe: { ...get(health.ready), timeoutSeconds: 2, ...readiness },
    // With one path for both, what takes a pod out of the balance must not restart it, too.
    livenessProbe: {
      ...(health.ready === health.path ? { tcpSocket: { port } } : get(health.path)),
      periodSeconds: 10,
      timeoutSeconds: 5,
      failureThreshold: 3,
    },
  };
}
