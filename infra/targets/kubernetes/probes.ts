import type { CodeService } from '../../stack/schema.ts';
import { listeningPort } from '../containers/environment.ts';
import type { input } from './inputs.ts';

type Probes = Pick<input.core.v1.Container, 'startupProbe' | 'readinessProbe' | 'livenessProbe'>;

/**
 * Until a service has answered once only the startup probe asks. Then two failures in four seconds take it out of the
 * balance, and half a minute without an answer restarts it.
 */
export function probesOf(config: CodeService): Probes {
  const port = listeningPort(config);
  const { health } = config;
  if (port === undefined) return {};
  if (health === undefined) {
    return { readinessProbe: { tcpSocket: { port }, periodSeconds: 2, failureThreshold: 2 } };
  }
  const get = (path: string) => ({ httpGet: { path, port } });
  return {
    startupProbe: {
      ...get(health.path),
      periodSeconds: 1,
      timeoutSeconds: 1,
      failureThreshold: health.timeout,
    },
    readinessProbe: { ...get(health.ready), periodSeconds: 2, timeoutSeconds: 2, failureThreshold: 2 },
    // With one path for both, what takes a pod out of the balance must not restart it, too.
    livenessProbe: {
      ...(health.ready === health.path ? { tcpSocket: { port } } : get(health.path)),
      periodSeconds: 10,
      timeoutSeconds: 5,
      failureThreshold: 3,
    },
  };
}
