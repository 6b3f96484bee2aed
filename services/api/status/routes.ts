import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { runChecks, type Check } from '../../shared/health.ts';
import { loadPresences, type Presence } from '../../shared/presence.ts';
import { queueNames, type QueueName } from '../../shared/queues.ts';
import type { Server } from '../../shared/server.ts';
import { SystemStatus, type DependencyState, type QueueState } from '../../shared/status.ts';
import { assembleServices } from './assemble.ts';

export interface StatusSources {
  redis: Redis;
  queues: Record<QueueName, Queue>;
  /** The servers that the system depends on. */
  dependencies: Record<string, Check>;
  /** Returns the current presence of this replica. */
  own: () => Promise<Presence>;
}

/**
 * `GET /api/v1/status`: the state of the whole system; without Redis only the state that this replica can determine.
 */
export function addStatusRoute(app: Server, { redis, queues, dependencies, own }: StatusSources): void {
  app.get('/api/v1/status', { schema: { response: { 200: SystemStatus } } }, async (request) => {
    try {
      return await everything();
    } catch (error) {
      request.log.warn({ reason: String(error) }, 'status is not complete');
      const [self, asked] = await Promise.all([own(), askAll()]);
      const presence = { ...self, seenAt: new Date().toISOString() };
      const services = assembleServices([presence], new Map(), Date.now());
      return { complete: false, lastDeployAt: null, dependencies: asked, services, queues: [] };
    }
  });

  function askAll(): Promise<DependencyState[]> {
    return Promise.all(Object.entries(dependencies).map(askDependency));
  }

  async function everything(): Promise<SystemStatus> {
    const [{ presences, deployments }, asked] = await Promise.all([loadPresences(redis), askAll()]);
    const services = assembleServices(presences, deployments, Date.now());
    // For a scheduled service, only the time of its first run is known.
    const steady = services.filter(({ periodic }) => !periodic);
    const deploys = steady.map(({ deployedAt }) => deployedAt).toSorted();
    return {
      complete: true,
      lastDeployAt: deploys.at(-1) ?? null,
      dependencies: asked,
      services,
      queues: await Promise.all(queueNames.map(queueState)),
    };
  }

  async function queueState(name: QueueName): Promise<QueueState> {
    const counts = await queues[name].getJobCounts('waiting', 'active', 'delayed', 'failed');
    const { waiting = 0, active = 0, delayed = 0, failed = 0 } = counts;
    return { name, waiting, active, delayed, failed };
  }
}

async function askDependency([name, check]: [string, Check]): Promise<DependencyState> {
  const begin = performance.now();
  const results = await runChecks({ [name]: check });
  const milliseconds = Math.round(performance.now() - begin);
  return { name, state: results[name] ? 'healthy' : 'gone', milliseconds };
}
