import type { CodeService } from '../../stack/schema.ts';
import type { input } from './inputs.ts';
import { portOf } from './ports.ts';

type Probes = Pick<input.core.v1.Container, 'startupProbe' | 'readinessProbe' | 'livenessProbe'>;

/** Seconds for a service without health checks to get ready. */
const defaultTimeout = 300;

/** Seconds a new pod may take to get ready. */
export function readyTimeout({ health }: Pick<CodeService, 'health'>): number {
  return health?.timeout ?? defaultTimeout;
}

/**
 * Until a service has answered once only the startup probe asks. Then two failures in four seconds take it out of the
 * balance, and half a minute without an answer restarts it.
 */
export function probesOf(config: CodeService): Probes {
  const port = portOf(config);
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
