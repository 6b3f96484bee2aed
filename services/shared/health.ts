import type { Server } from './server.ts';
import { withTimeout } from './timeout.ts';

/** Milliseconds. */
const checkTimeout = 2_000;

/** Resolves if the dependency is available. The value is ignored. */
export type Check = () => Promise<unknown>;

interface HealthOptions {
  service: string;
  replica: string;
  /** Dependencies that the service needs for every request. */
  checks: Record<string, Check>;
  /**
   * Dependencies that the service can do without for a while. Their state is reported, but does not affect readiness.
   */
  watched?: Record<string, Check>;
  draining: () => boolean;
}

/**
 * Adds `/health` (200 while the process responds) and `/health/ready` (200 if all `checks` pass and the process is not
 * shutting down, else 503). The body of `/health/ready` has the result of each check.
 */
export function addHealth(app: Server, options: HealthOptions): void {
  const { service, replica, checks, watched = {}, draining } = options;
  app.get('/health', () => ({ status: 'healthy', service, replica, timestamp: new Date().toISOString() }));
  app.get('/health/ready', async (request, reply) => {
    const results = await runChecks({ ...checks, ...watched }, (check, error) =>
      request.log.warn({ check, reason: String(error) }, 'health check failed'),
    );
    const all = { ...results, ...(draining() && { accepting: false }) };
    const ready = Object.entries(all).every(([name, passes]) => passes || name in watched);
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not_ready', checks: all });
  });
}

/** Runs the checks and returns the result of each. Calls `onFailure` with the reason for each failed check. */
export async function runChecks(
  checks: Record<string, Check>,
  onFailure: (name: string, error: unknown) => void = () => {},
): Promise<Record<string, boolean>> {
  const results = Object.entries(checks).map(async ([name, check]) => {
    try {
      await withTimeout(check(), checkTimeout);
      return [name, true] as const;
    } catch (error) {
      onFailure(name, error);
      return [name, false] as const;
    }
  });
  return Object.fromEntries(await Promise.all(results));
}
