import { Type, type Static } from 'typebox';

const nullableText = Type.Unsafe<string | null>({ type: ['string', 'null'] });

export const ReplicaState = Type.Object({
  id: Type.String(),
  state: Type.Enum(['ready', 'not_ready', 'gone']),
  deployment: Type.String(),
  startedAt: Type.String(),
  seenAt: Type.String(),
  failing: Type.Array(Type.String()),
});
/** `failing` names the failing checks. `gone`: the replica sends no more reports and has not reported its stop. */
export type ReplicaState = Static<typeof ReplicaState>;

export const ServiceState = Type.Object({
  name: Type.String(),
  state: Type.Enum(['healthy', 'degraded', 'gone']),
  deployment: Type.String(),
  deployedAt: Type.String(),
  seenAt: Type.String(),
  periodic: Type.Boolean(),
  replicas: Type.Array(ReplicaState),
});
/** `periodic`: the service runs on a schedule, and `seenAt` is its last run. */
export type ServiceState = Static<typeof ServiceState>;

export const QueueState = Type.Object({
  name: Type.String(),
  waiting: Type.Integer(),
  active: Type.Integer(),
  delayed: Type.Integer(),
  failed: Type.Integer(),
});
/** Numbers of jobs. */
export type QueueState = Static<typeof QueueState>;

export const DependencyState = Type.Object({
  name: Type.String(),
  state: Type.Enum(['healthy', 'gone']),
  milliseconds: Type.Integer(),
});
/**
 * The state of a dependency, for example `postgres`, as a replica of the api just checked it, and the response time.
 */
export type DependencyState = Static<typeof DependencyState>;

export const SystemStatus = Type.Object({
  complete: Type.Boolean(),
  lastDeployAt: nullableText,
  dependencies: Type.Array(DependencyState),
  services: Type.Array(ServiceState),
  queues: Type.Array(QueueState),
});
/**
 * Not `complete`: Redis, which holds the reports of all services, is unavailable; the status is that of one api
 * replica.
 */
export type SystemStatus = Static<typeof SystemStatus>;
