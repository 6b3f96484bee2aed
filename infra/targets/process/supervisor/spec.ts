/**
 * The two files through which the provider and a supervisor speak, both JSON and mode 0600, in
 * `.railhead/<env>/services/<name>/`: `spec.json` says what must run, `status.json` says what does. A third one,
 * `serving.json`, is for the next supervisor alone: how what serves was started.
 */

/** What a supervisor keeps alive. Durations are in seconds. */
export interface WorkloadSpec {
  name: string;
  /** The kind of resource that it is; absent where an older version wrote the spec. */
  kind?: string;
  environment: string;
  /** Hash of artifact, variables and settings: another value means another rollout. */
  deploymentId: string;
  /** Hash of the artifact, shown by `railhead status`; of a data server its product and version. */
  artifact?: string;
  /** Run by `/bin/sh -c` when a string, directly when a list. */
  command: string | string[];
  /** Absolute folder to start in. */
  cwd: string;
  /** The whole environment of the process but PORT and RAILWAY_REPLICA_ID, which differ per replica. */
  env: Record<string, string>;
  /** Run as somebody else; only root can ask for it. */
  user?: { uid: number; gid: number };
  replicas: number;
  /** Private address. `balanced`: the supervisor listens and spreads connections over the ready replicas; `own`: the process listens there itself. */
  listen?: { host: string; port: number; mode: 'balanced' | 'own' };
  /** Absent: ready once it has run for a second. `tcp`: ready when the address accepts a connection. */
  health?: { path: string; ready: string } | 'tcp';
  /** How long a rollout may take to get ready. */
  timeout: number;
  /** How long a new replica must then stay ready before the rollout counts it; not at all where absent. */
  minReady?: number;
  restart: { policy: 'on-failure' | 'always' | 'never'; maxRetries: number };
  stop: { signal: NodeJS.Signals; grace: number };
  /** Five fields, UTC: the command is run at each tick instead of all the time. */
  cron?: string;
  /** Absolute path of the log file; replicas' output is appended, each line after `<ISO time> <replica> `. */
  log: string;
}

/** What `spec.json` holds. Every `applyWorkload` that asks for a rollout makes another `request`, also for the same deployment. */
export interface WorkloadRequest extends WorkloadSpec {
  request: string;
}

/** What `serving.json` holds: another spec than `spec.json` during a rollout and after a failed one. */
export interface ServingRecord {
  spec: WorkloadSpec;
  /** Ids of its replicas, or of the run under way of a cron workload. */
  replicas: string[];
}

export interface ReplicaStatus {
  /** `api-1`: the value of RAILWAY_REPLICA_ID, unique among the replicas that run. */
  id: string;
  pid: number;
  /** Start time of `pid` as identity.ts gives it, so that a reused pid is not taken for ours. */
  startTime: string;
  port?: number;
  state: 'starting' | 'ready' | 'unready' | 'draining' | 'backoff' | 'exited';
  restarts: number;
  /** Restarts of its policy that are used up. */
  retries: number;
  /** ISO 8601. */
  startedAt: string;
  /** ISO 8601, when this process was ready for the first time. */
  readyAt?: string;
  /** The last check that failed, while the replica is not ready. */
  check?: string;
}

export interface WorkloadFailure {
  reason: string;
  check?: string;
  /** What to change, where that can be seen. */
  hint?: string;
  /** Last lines of the log, 20 at most. */
  log: string[];
}

export interface WorkloadStatus {
  supervisor: { pid: number; startTime: string; startedAt: string };
  /** `request` of the spec that this status is about. */
  request: string;
  deploymentId: string;
  /** The deployment whose replicas serve: another one than `deploymentId` during a rollout and after a failed one; absent when none does. */
  serving?: string;
  artifact?: string;
  /** `failed`: the rollout did not get ready in time or ran out of restarts; `failure` says why. */
  state: 'starting' | 'ready' | 'degraded' | 'failed' | 'scheduled';
  replicas: ReplicaStatus[];
  /** Why it is failed or degraded. */
  failure?: WorkloadFailure;
  /** Addresses at which it listens now. Absent where the supervisor is of an older version. */
  holds?: { host: string; port: number }[];
  /** The workload of the environment that has its address now; its replicas run on, and nobody reaches them. */
  lostTo?: string;
  /** Runs of a cron workload; `next` and `last` are ISO 8601. */
  cron?: { next: string; last?: { at: string; exitCode: number | null; seconds: number }; running: boolean };
}
