import type { Changes } from '../balancer/changes.ts';
import type { Log } from './log.ts';

/** The parts of a supervisor that its replicas use. */
export interface SupervisorContext {
  changes: Changes;
  log: Log;
  /** The workload's folder. */
  folder: string;
}
