import { hostname } from 'node:os';
import { isAlive } from '../../common/process-identity.ts';
import { machineId } from '../../common/machine.ts';
import type { HistoryRecord } from './record.ts';

/** The results of an update. Only the machine that runs an update knows whether it still runs: for others it is `open`. */
export const outcomes = ['succeeded', 'failed', 'interrupted', 'refused', 'running', 'open'] as const;

export type Outcome = (typeof outcomes)[number];

/** Returns the result of an update. One that was never closed was interrupted if its process has ended. */
export function outcomeOf({ ending, writer }: Pick<HistoryRecord, 'ending' | 'writer'>): Outcome {
  if (ending !== undefined) return ending.result;
  if (!isHere(writer)) return 'open';
  return isAlive(writer) ? 'running' : 'interrupted';
}

/** Returns whether this machine can say if the process lives. A record that does not name its machine may be that of another one. */
function isHere({ host, machine }: HistoryRecord['writer']): boolean {
  return host === hostname() && machine === machineId();
}
