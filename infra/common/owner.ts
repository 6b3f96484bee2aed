import { hostname } from 'node:os';
import { hashed, machineId } from './machine.ts';
import { isAlive, ownIdentity } from './process-identity.ts';

/**
 * Returns the name of this process, `<machine>-<pid>-<start time>`. It marks what the process creates, so that a later process of
 * this machine can remove it if this one is killed.
 */
export function ownerName(): string {
  const { pid, startTime } = ownIdentity();
  return `${machine()}-${pid}-${startTime}`;
}

/** Whether a name of `ownerName` belongs to a process of this machine that has ended. */
export function hasEnded(owner: string): boolean {
  const [, host, pid, startTime] = /^([0-9a-f]{16})-(\d+)-([\w.]+)$/.exec(owner) ?? [];
  return host === machine() && startTime !== undefined && !isAlive({ pid: Number(pid), startTime });
}

function machine(): string {
  return machineId() ?? hashed(JSON.stringify(hostname()));
}
