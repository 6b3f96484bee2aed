import type { Redis } from 'ioredis';
import { Type, type Static } from 'typebox';
import { runChecks, type Check } from './health.ts';
import type { Identity } from './process.ts';
import type { Server } from './server.ts';

/** Seconds. */
const interval = 5;
const key = 'rota:presence';
const deploymentsKey = 'rota:deployments';

/** What a replica says of itself, every `interval` seconds. `stopped`: it is the last time. */
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

/** The deployment that a service has now, and when its first replica started. */
export interface Deployment {
  deployment: string;
  at: string;
}

const startedAt = new Date(Date.now() - process.uptime() * 1_000).toISOString();

/** This process, as it is now. */
export function presenceOf(identity: Identity, checks: Record<string, boolean>): Presence {
  return { ...identity, startedAt, interval, checks, stopped: false };
}

/** Sends the presence of this process from when `app` listens until it closes. A loss is made up for by the next one. */
export function announcePresence(
  app: Server,
  { identity, checks }: { identity: Identity; checks: Record<string, Check> },
  send: (presence: Presence) => Promise<unknown>,
): void {
  let timer: NodeJS.Timeout | undefined;
  let closing = false;

  async function tell(presence: Presence): Promise<void> {
    try {
      await send(presence);
    } catch (error) {
      app.log.debug({ reason: String(error) }, 'presence not sent');
    }
  }

  async function run(): Promise<void> {
    const results = await runChecks(checks);
    if (closing) return;
    await tell(presenceOf(identity, results));
    // What is wrong may be over soon, as it is right after the start.
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
    await tell({ ...presenceOf(identity, {}), stopped: true });
  });
}

export async function savePresence(redis: Redis, presence: Presence): Promise<void> {
  const { service, replica, deployment, startedAt: at } = presence;
  const seen: SeenPresence = { ...presence, seenAt: new Date().toISOString() };
  await redis.hset(key, `${service}/${replica}`, JSON.stringify(seen));
  const stored = await redis.hget(deploymentsKey, service);
  const known = stored === null ? undefined : (JSON.parse(stored) as Deployment);
  // A replica that started before the known deployment is of an older one, and on its way out.
  if (known === undefined || (known.deployment !== deployment && known.at < at)) {
    await redis.hset(deploymentsKey, service, JSON.stringify({ deployment, at } satisfies Deployment));
  }
}

/** What was last heard of every replica within a week, in which somebody misses it; what is older is forgotten. */
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
