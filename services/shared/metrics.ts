import { Histogram, Registry } from 'prom-client';
import { addProcessMetrics } from './process-metrics.ts';
import type { Server } from './server.ts';

/**
 * Adds `/metrics` in the text format of Prometheus: request durations and process metrics. Returns the registry, to
 * which the service can add more metrics. No label contains a value that clients choose, so that the number of time
 * series stays bounded.
 */
export function addMetrics(app: Server): Registry {
  const register = new Registry();
  addProcessMetrics(register);
  const duration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the arrival of a request to the end of its response.',
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
