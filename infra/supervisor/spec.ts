/**
 * The types of the files in a workload's folder `.railhead/<env>/services/<name>/`. All are JSON with mode 0600. The
 * provider writes `spec.json`, which says what must run. The supervisor writes `status.json`, which says what runs.
 * `serving.json` is for the next supervisor: it holds the spec with which the serving replicas were started.
 */
import type { SplitStatus } from '../balancer/split.ts';
import type { Running } from '../stack/running.ts';

/** The workload that a supervisor keeps alive. Durations are in seconds. */
export interface WorkloadSpec extends Pick<Running, 'replicas' | 'timeout' | 'restart'> {
  name: string;
  /** The kind of the Pulumi resource. Absent if an older version wrote the spec. */
  kind?: string;
  environment: string;
  /** Hash of artifact, variables and settings. A changed value means a new rollout. */
  deploymentId: string;
  /** Hash of the artifact, shown by `railhead status`. For a data server: its product and version. */
  artifact?: string;
  /** A string is run by `/bin/sh -c`, a list directly. */
  command: string | string[];
  /** Absolute path of the working directory. */
  cwd: string;
  /** All environment variables of the process except PORT and others that the supervisor sets per replica. */
  env: Record<string, string>;
  /** The user that runs the process; requires that the supervisor runs as root. */
  user?: { uid: number; gid: number };
  /**
   * Private address. `balanced`: the supervisor listens and distributes connections over the ready replicas. `own`: the
   * process listens there itself.
   */
  listen?: { host: string; port: number; mode: 'balanced' | 'own' };
  /**
   * Further addresses at the host of `listen` with the mode `balanced`. Each replica listens at a different port, which is
   * the value of `variable`.
   */
  ports?: { variable: string; port: number; protocol: 'tcp' | 'http' }[];
  /**
   * Addresses for clients outside of the system, with the mode `balanced`. They lead to the main port of a replica, or to that in
   * `variable`.
   */
  published?: { host: string; port: number; variable?: string | undefined }[];
  /**
   * Absent: ready after the process has run for a second. `tcp`: ready when the address accepts a connection. `command`: ready when
   * the command ends with exit code 0.
   */
  health?: Running['health'] | Running['check'] | 'tcp';
  /** Absent: 0. */
  minReady?: Running['minReady'];
  /** Absent: a new version gets all requests as soon as it is ready. A change of it alone starts no rollout. */
  canary?: Running['canary'];
  /**
   * How many starts a rollout makes of a process that ends before it was ready. Absent: as many as `restart` allows until the
   * time-out. Once the workload has been ready, only `restart` counts.
   */
  starts?: number;
  stop: { signal: NodeJS.Signals; grace: Running['drain'] };
  /** A schedule with five fields. The command is run at each tick instead of all the time. */
  cron?: string;
  /** The time zone of `cron`. Absent: UTC. */
  timezone?: string;
  /** How often a failed run of `cron` is repeated. Absent: 0. */
  retries?: number;
  /** Absolute path of the log file. The output of the replicas is appended, each line after `<ISO time> <replica> `. */
  log: string;
}

/** The content of `spec.json`. Each rollout has a new `request` id, even for the same deployment. */
export interface WorkloadRequest extends WorkloadSpec {
  request: string;
}

/** The content of `serving.json`. Its spec differs from `spec.json` during a rollout and after a failed one. */
export interface ServingRecord {
  spec: WorkloadSpec;
  /** Ids of the serving replicas, or of the current run of a cron workload. */
  replicas: string[];
}

/** The content of `canary.json`, with which a command directs a canary. It stays as it is if the command is killed. */
export interface CanaryOrder {
  /** The `request` id of the rollout. */
  request: string;
  /** Percentage of the requests that the new version gets. */
  weight: number;
  /** The process of the command. Absent if an older version wrote the order. */
  by?: { pid: number; startTime: string };
  /** How the canary ends. `reason`: why the old version gets all requests again. */
  end?: { passed: true } | { passed: false; reason: string };
}

export interface ReplicaStatus {
  /** The value of RAILWAY_REPLICA_ID (`api-1`), unique among the running replicas. */
  id: string;
  pid: number;
  /** Start time of `pid` (identity.ts). It distinguishes the replica from a later process with the same pid. */
  startTime: string;
  port?: number;
  /** Its further ports, by the variable that has them. Absent if it has none. */
  ports?: Record<string, number>;
  state: 'starting' | 'ready' | 'unready' | 'draining' | 'backoff' | 'exited';
  restarts: number;
  /** Number of restarts that count against the restart policy. */
  retries: number;
  /** ISO 8601. */
  startedAt: string;
  /** When this process was ready for the first time (ISO 8601). */
  readyAt?: string;
  /** The last check that failed, while the replica is not ready. */
  check?: string;
}

export interface WorkloadFailure {
  reason: string;
  check?: string;
  /** What to change, if the supervisor can tell. */
  hint?: string;
  /** The last lines of the log, at most 20. */
  log: string[];
}

export interface WorkloadStatus {
  supervisor: { pid: number; startTime: string; startedAt: string };
  /** The `request` id of the spec that this status describes. */
  request: string;
  deploymentId: string;
  /** The serving deployment; not `deploymentId` during a rollout or after a failed one. Absent if none serves. */
  serving?: string;
  artifact?: string;
  /** `failed`: the rollout did not get ready in time or ran out of restarts; `failure` says why. */
  state: 'starting' | 'ready' | 'degraded' | 'failed' | 'scheduled';
  replicas: ReplicaStatus[];
  /** Why the workload is failed or degraded. */
  failure?: WorkloadFailure;
  /** The addresses at which the workload listens now. Absent if an older version of the supervisor wrote the status. */
  holds?: { host: string; port: number }[];
  /** Set while a new version gets only the share of the requests that `canary.json` says. */
  canary?: SplitStatus;
  /** The workload that has this one's address now. The replicas of this one run but receive no requests. */
  lostTo?: string;
  /** Runs of a cron workload; `next` and `last` are ISO 8601. */
  cron?: { next: string; last?: { at: string; exitCode: number | null; seconds: number }; running: boolean };
}

/** The record of a first deployment that failed. No process of it runs; `status` reports the failure from this record. */
export interface FailedDeployment {
  name: string;
  /** The settings that were known when the deployment failed. */
  spec: Partial<Pick<WorkloadSpec, 'replicas' | 'listen' | 'health' | 'artifact' | 'cron'>>;
  failure: WorkloadFailure;
}

/**
 * The record of an address that a workload gave up because another workload of its environment was deployed there. Each
 * address of a stack file has one owner, so the workload that was deployed last keeps it. The record is a file in the
 * folder of the old owner.
 */
export interface Handover {
  /** Name of the folder of the new owner. */
  to: string;
  /** The old owner's `request` at that time. A later request of the old owner may take the address back. */
  request: string;
}
