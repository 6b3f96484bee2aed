import type { Server } from './server.ts';
import { withTimeout } from './timeout.ts';

/** Milliseconds. */
const checkTimeout = 2_000;

/** Resolves when the dependency can be used. Its value does not matter. */
export type Check = () => Promise<unknown>;

interface HealthOptions {
  service: string;
  replica: string;
  /** What it cannot serve without. */
  checks: Record<string, Check>;
  /** What it serves without for a while: shown, but no reason to send it no requests. */
  watched?: Record<string, Check>;
  draining: () => boolean;
}

/**
 * `/health`: the process answers. `/health/ready`: it can serve, i.e. all `checks` pass and it is not shutting down;
 * 503 with the failing ones `false` otherwise.
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

/** Which of the checks pass. Those that do not are told to `onFailure` with the reason. */
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
