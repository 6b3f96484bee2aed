import { readFileSync, readdirSync } from 'node:fs';

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
