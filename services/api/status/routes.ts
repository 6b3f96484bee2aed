import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { loadPresences, type Presence } from '../../shared/presence.ts';
import { queueNames, type QueueName } from '../../shared/queues.ts';
import type { Server } from '../../shared/server.ts';
import { SystemStatus, type QueueState } from '../../shared/status.ts';
import { assembleServices } from './assemble.ts';

export interface StatusSources {
  redis: Redis;
  queues: Record<QueueName, Queue>;
  /** This replica, now. */
  own: () => Promise<Presence>;
}

/** `GET /api/v1/status`: what is known of the whole system. It answers also when Redis is away, with what is left. */
export function addStatusRoute(app: Server, { redis, queues, own }: StatusSources): void {
  app.get('/api/v1/status', { schema: { response: { 200: SystemStatus } } }, async (request) => {
    try {
      return await everything();
    } catch (error) {
      request.log.warn({ reason: String(error) }, 'status is not complete');
      const presence = { ...(await own()), seenAt: new Date().toISOString() };
      const services = assembleServices([presence], new Map(), Date.now());
      return { complete: false, lastDeployAt: null, services, queues: [] };
    }
  });

  async function everything(): Promise<SystemStatus> {
    const { presences, deployments } = await loadPresences(redis);
    const services = assembleServices(presences, deployments, Date.now());
    // Of what runs now and then only the first run is known.
    const steady = services.filter(({ periodic }) => !periodic);
    const deploys = steady.map(({ deployedAt }) => deployedAt).toSorted();
    return {
      complete: true,
      lastDeployAt: deploys.at(-1) ?? null,
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
