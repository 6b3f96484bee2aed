import type { Redis } from 'ioredis';
import { Type, type Static } from 'typebox';
import { runChecks, type Check } from './health.ts';
import type { Identity } from './process.ts';
import type { Server } from './server.ts';

/** Seconds. */
const interval = 5;
const key = 'rota:presence';
const deploymentsKey = 'rota:deployments';

/** The report that a replica sends about itself every `interval` seconds. `stopped` marks the last report. */
export const Presence = Type.Object({
  service: Type.String({ format: 'line', maxLength: 100 }),
  replica: Type.String({ format: 'line', maxLength: 100 }),
  deployment: Type.String({ format: 'line', maxLength: 100 }),
  startedAt: Type.String({ format: 'instant' }),
  interval: Type.Integer({ minimum: 1, maximum: 3_600 }),
  checks: Type.Record(Type.String({ maxLength: 50 }), Type.Boolean()),
  stopped: Type.Boolean(),
});
export type Presence = Static<typeof Presence>;

/** `seenAt` is ISO 8601 in UTC, like `startedAt`. */
export type SeenPresence = Presence & { seenAt: string };

/** The current deployment of a service, and the start time of its first replica. */
export interface Deployment {
  deployment: string;
  at: string;
}

const startedAt = new Date(Date.now() - process.uptime() * 1_000).toISOString();

/** Returns the current presence of this process. */
export function presenceOf(identity: Identity, checks: Record<string, boolean>): Presence {
  return { ...identity, startedAt, interval, checks, stopped: false };
}

/**
 * Sends the presence of this process regularly while `app` listens. A lost report needs no retry: the next one
 * follows.
 */
export function announcePresence(
  app: Server,
  { identity, checks }: { identity: Identity; checks: Record<string, Check> },
  send: (presence: Presence) => Promise<unknown>,
): void {
  let timer: NodeJS.Timeout | undefined;
  let closing = false;

  async function report(presence: Presence): Promise<void> {
    try {
      await send(presence);
    } catch (error) {
      app.log.debug({ reason: String(error) }, 'presence not sent');
    }
  }

  async function run(): Promise<void> {
    const results = await runChecks(checks);
    if (closing) return;
    await report(presenceOf(identity, results));
    // A failing check may pass soon, for example right after the start.
    const delay = Object.values(results).every(Boolean) ? interval : 1;
    if (!closing) timer = setTimeout(() => void run(), delay * 1_000);
  }

  app.addHook('onListen', (done) => {
    void run();
    done();
  });
  app.addHook('onClose', async () => {
    closing = true;
    clearTimeout(timer);
    await report({ ...presenceOf(identity, {}), stopped: true });
  });
}

export async function savePresence(redis: Redis, presence: Presence): Promise<void> {
  const { service, replica, deployment, startedAt: at } = presence;
  const seen: SeenPresence = { ...presence, seenAt: new Date().toISOString() };
  await redis.hset(key, `${service}/${replica}`, JSON.stringify(seen));
  const stored = await redis.hget(deploymentsKey, service);
  const known = stored === null ? undefined : (JSON.parse(stored) as Deployment);
  // A replica that started before the known deployment belongs to an older one and will stop soon.
  if (known === undefined || (known.deployment !== deployment && known.at < at)) {
    await redis.hset(deploymentsKey, service, JSON.stringify({ deployment, at } satisfies Deployment));
  }
}

/**
 * Returns the last report of every replica from the past week, and each service's deployment. Deletes older reports.
 */
export async function loadPresences(
  redis: Redis,
): Promise<{ presences: SeenPresence[]; deployments: Map<string, Deployment> }> {
  const [fields, deployments] = await Promise.all([redis.hgetall(key), redis.hgetall(deploymentsKey)]);
  const oldest = new Date(Date.now() - 7 * 24 * 3_600_000).toISOString();
  const all = Object.entries(fields).map(([field, text]) => ({
    field,
    presence: JSON.parse(text) as SeenPresence,
  }));
  const old = all.filter(({ presence }) => presence.seenAt < oldest);
  if (old.length > 0) await redis.hdel(key, ...old.map(({ field }) => field));
  return {
    presences: all.map(({ presence }) => presence).filter(({ seenAt }) => seenAt >= oldest),
    deployments: new Map(
      Object.entries(deployments).map(([service, text]) => [service, JSON.parse(text) as Deployment]),
    ),
  };
}
