import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { codeOf } from '../../tools/error-code.ts';

/** The unit of times in /proc, the same on every Linux system. */
const ticksPerSecond = 100;

/** Identifies a process. The start time distinguishes it from a later process with the same pid. */
export interface ProcessIdentity {
  pid: number;
  startTime: string;
}

/** Returns letters, digits and dots; undefined if no such process runs. A zombie does not count as running. */
export function startTimeOf(pid: number): string | undefined {
  return process.platform === 'linux' ? startTimeFromProc(pid) : startTimeFromPs(pid);
}

export function isAlive({ pid, startTime }: ProcessIdentity): boolean {
  return startTimeOf(pid) === startTime;
}

/** Returns when a process started, by this machine's clock and to about a second; undefined if the process does not run. */
export function startedAt(pid: number): Date | undefined {
  const startTime = startTimeOf(pid);
  if (startTime === undefined) return undefined;
  const count = Number.parseInt(startTime, 10);
  if (process.platform !== 'linux') return new Date(count * 1000);
  const sinceBoot = Number.parseFloat(readProc('/proc/uptime') ?? '');
  return new Date(Date.now() - (sinceBoot - count / ticksPerSecond) * 1000);
}

export function ownIdentity(): ProcessIdentity {
  return { pid: process.pid, startTime: startTimeOf(process.pid) ?? 'unknown' };
}

/** Sends a signal to a process, or to a process group if `pid` is negative. Returns false if there is no such process. */
export function signalProcess(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    if (codeOf(error) === 'ESRCH') return false;
    throw error;
  }
}

/** Returns true if any process of the group runs. On Linux zombies do not count as running. */
export function groupRuns(group: number): boolean {
  if (process.platform !== 'linux') return signalProcess(-group, 0);
  return pidsOf(group).length > 0;
}

/** Returns the running processes of a group; none on systems without /proc. */
export function pidsOf(group: number): number[] {
  if (process.platform !== 'linux') return [];
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((pid) => {
    const [state, , ownGroup] = statFields(pid) ?? [];
    return ownGroup === String(group) && state !== 'Z' && state !== 'X';
  });
}

/** Returns the clock ticks since boot plus part of the boot id: ticks alone could repeat after a restart of the machine. */
function startTimeFromProc(pid: number): string | undefined {
  const fields = statFields(pid);
  if (fields === undefined || fields[0] === 'Z' || fields[0] === 'X') return undefined;
  const boot = readProc('/proc/sys/kernel/random/boot_id') ?? '';
  return `${fields[19]}.${boot.slice(0, 8)}`;
}

/** Returns the fields of /proc/<pid>/stat after the command name: state, parent, process group and so on. */
function statFields(pid: number): string[] | undefined {
  const stat = readProc(`/proc/${pid}/stat`);
  // The command name is in parentheses and may itself contain spaces and parentheses.
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function readProc(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return undefined; // The process has ended.
  }
}

function startTimeFromPs(pid: number): string | undefined {
  try {
    const options = { encoding: 'utf8', env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' } } as const;
    const line = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], options).trim();
    const [, stat = '', started = ''] = /^(\S+)\s+(.+)$/.exec(line) ?? [];
    return stat.startsWith('Z') ? undefined : String(Date.parse(`${started} UTC`) / 1000);
  } catch {
    return undefined; // ps exits with 1 when there is no such process.
  }
}
