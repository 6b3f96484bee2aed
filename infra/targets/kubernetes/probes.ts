import type { WithHoles } from '../../plan/resource.ts';
import type { CodeService } from '../../stack/schema.ts';
import { listeningPort } from '../../containers/environment.ts';
import { argumentsOf } from '../../artifacts/commands.ts';
import { httpHealth } from '../../stack/health.ts';
import type { input } from './inputs.ts';
import { literal } from './literal.ts';

type Probes = Pick<WithHoles<input.core.v1.Container>, 'startupProbe' | 'readinessProbe' | 'livenessProbe'>;

const liveness = { periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3 };

/**
 * Returns the probes of a service. Only the startup probe runs until it has succeeded. Then two failed readiness probes
 * in 4 s remove the pod from its Service, and 30 s of failed liveness probes restart the container.
 */
export function probesOf(config: CodeService): Probes {
  const port = listeningPort(config);
  const { health } = config;
  const readiness = { periodSeconds: 2, failureThreshold: 2 };
  const startup = { periodSeconds: 1, timeoutSeconds: 1, failureThreshold: health?.timeout ?? 0 };
  if (health?.command !== undefined) return commandProbes(argumentsOf(health.command), port, health.timeout);
  if (port === undefined) return {};
  const tcp = { tcpSocket: { port } };
  const http = httpHealth(health);
  if (http === undefined) {
    return {
      ...(health !== undefined && { startupProbe: { ...tcp, ...startup } }),
      readinessProbe: { ...tcp, ...readiness },
    };
  }
  const get = (path: string) => ({ httpGet: { path, port } });
  return {
    startupProbe: { ...get(http.path), ...startup },
    readinessProbe: { ...get(http.ready), timeoutSeconds: 2, ...readiness },
    // If both probes have the same path, liveness checks the port only: a pod that is not ready must not restart.
    livenessProbe: {
      ...(http.ready === http.path ? tcp : get(http.path)),
      ...liveness,
    },
  };
}

/** A command starts a process each time, so it runs less often than a request. */
function commandProbes(command: string[], port: number | undefined, timeout: number): Probes {
  const exec = { exec: { command: command.map(literal) } };
  const period = 3;
  return {
    startupProbe: {
      ...exec,
      periodSeconds: period,
      timeoutSeconds: 5,
      failureThreshold: Math.ceil(timeout / period),
    },
    ...(port !== undefined && {
      readinessProbe: { ...exec, periodSeconds: period, timeoutSeconds: 5, failureThreshold: 2 },
    }),
    livenessProbe: { ...(port === undefined ? exec : { tcpSocket: { port } }), ...liveness },
  };
}
