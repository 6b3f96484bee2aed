import { Histogram, Registry } from 'prom-client';
import { addProcessMetrics } from './process-metrics.ts';
import type { Server } from './server.ts';

/**
 * `/metrics` in the text format of Prometheus: how long requests took, and what the process uses. Whatever else is
 * registered in what it returns is shown too. Labels hold nothing that a caller may choose, or their number had no end.
 */
export function addMetrics(app: Server): Registry {
  const register = new Registry();
  addProcessMetrics(register);
  const duration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the arrival of a request to the end of its answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [register],
  });
  app.addHook('onResponse', async ({ method, routeOptions }, { statusCode: status, elapsedTime }) => {
    duration.observe({ method, route: routeOptions.url ?? 'none', status }, elapsedTime / 1_000);
  });
  app.get('/metrics', async (_request, reply) =>
    reply.type(register.contentType).send(await register.metrics()),
  );
  return register;
}
