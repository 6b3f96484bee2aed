import type { Deployment, SeenPresence } from '../../shared/presence.ts';
import type { ReplicaState, ServiceState } from '../../shared/status.ts';

/** Number of missing reports in a row after which a replica counts as gone. */
const patience = 3;
/** A service with a longer interval, in seconds, runs on a schedule. */
const longestBeat = 60;

/** Returns the state of each service from the reports of its replicas, sorted by name. `now` is in milliseconds. */
export function assembleServices(
  presences: SeenPresence[],
  deployments: Map<string, Deployment>,
  now: number,
): ServiceState[] {
  return [...Map.groupBy(presences, ({ service }) => service)]
    .map(([name, own]) => assembleService(name, own, deployments.get(name), now))
    .toSorted((a, b) => a.name.localeCompare(b.name));
}

function assembleService(
  name: string,
  presences: SeenPresence[],
  deployed: Deployment | undefined,
  now: number,
): ServiceState {
  const isLive = ({ stopped, seenAt, interval }: SeenPresence) =>
    !stopped && now - Date.parse(seenAt) < patience * interval * 1_000;
  const live = presences.filter(isLive);
  // If another replica started after this one's last report, it has replaced this one.
  const isMissed = (presence: SeenPresence) =>
    !presence.stopped && !isLive(presence) && !live.some(({ startedAt }) => startedAt > presence.seenAt);
  const latest = presences.toSorted((a, b) => b.seenAt.localeCompare(a.seenAt))[0]!;
  const replicas = presences
    .filter((presence) => isLive(presence) || isMissed(presence))
    .map((presence) => toReplica(presence, isLive(presence)))
    .toSorted((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }));
  const healthy = replicas.every(({ state }) => state === 'ready');
  const { deployment, at } = deployed ?? { deployment: latest.deployment, at: latest.startedAt };
  return {
    name,
    state: live.length === 0 ? 'gone' : healthy ? 'healthy' : 'degraded',
    deployment,
    deployedAt: at,
    seenAt: latest.seenAt,
    periodic: latest.interval > longestBeat,
    replicas,
  };
}

function toReplica(presence: SeenPresence, isLive: boolean): ReplicaState {
  const { replica, deployment, startedAt, seenAt, checks } = presence;
  const failing = Object.keys(checks).filter((check) => !checks[check]);
  const state = !isLive ? 'gone' : failing.length === 0 ? 'ready' : 'not_ready';
  return { id: replica, state, deployment, startedAt, seenAt, failing: isLive ? failing : [] };
}
