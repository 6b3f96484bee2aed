import { readFileSync, readdirSync } from 'node:fs';
import { signalProcess } from '../../infra/common/process-identity.ts';

export interface RunningProcess {
  pid: number;
  command: string;
}

/** Returns every process whose environment or command line names the folder, as those of a clone do. Linux only. */
export function processesOf(folder: string): RunningProcess[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map((name) => ({
      pid: Number(name),
      command: read(name, 'cmdline'),
      environment: read(name, 'environ'),
    }))
    .filter(({ command, environment }) => command.includes(folder) || environment.includes(folder))
    .map(({ pid, command }) => ({ pid, command }));
}

/** Kills `railhead up` of a clone, with the engine and its plugins. */
export function killUp(folder: string): void {
  // The provider ends first: if it sees the end of the engine, it gives a canary back.
  for (const { pid, command } of processesOf(folder).toReversed()) {
    if (/railhead\.js up|pulumi|plugin/.test(command)) signalProcess(pid, 'SIGKILL');
  }
}

/** Returns the readable command lines of all processes on the machine. */
export function allCommandLines(): string {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => read(name, 'cmdline'))
    .join('\n');
}

function read(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8').replaceAll('\0', ' ');
  } catch {
    // The process has ended, or belongs to another user.
    return '';
  }
}
