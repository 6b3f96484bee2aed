import type { WithHoles } from '../../plan/resource.ts';
import type { CodeService } from '../../stack/schema.ts';
import { listeningPort } from '../../containers/environment.ts';
import type { input } from './inputs.ts';

type Probes = Pick<WithHoles<input.core.v1.Container>, 'startupProbe' | 'readinessProbe' | 'livenessProbe'>;

/**
 * Returns the probes of a service. Only the startup probe runs until it has succeeded. Then two failed readiness probes
 * in 4 s remove the pod from its Service, and 30 s of failed liveness probes restart the container.
 */
export function probesOf(config: CodeService): Probes {
  const port = listeningPort(config);
  const { health } = config;
  if (port === undefined) return {};
  const readiness = { periodSeconds: 2, failureThreshold: 2 };
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
    // If both probes have the same path, liveness checks the port only: a pod that is not ready must not restart.
    livenessProbe: {
      ...(health.ready === health.path ? { tcpSocket: { port } } : get(health.path)),
      periodSeconds: 10,
      timeoutSeconds: 5,
      failureThreshold: 3,
    },
  };
}
