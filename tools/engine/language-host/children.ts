import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';

const running = new Set<ChildProcess>();

/** Starts a process that does not outlive the language host. */
export function startChild(command: string, args: string[], options: SpawnOptions): ChildProcess {
  const child = spawn(command, args, options);
  running.add(child);
  child.on('close', () => running.delete(child));
  return child;
}

/** Waits for a process to end. Returns its exit code, or the reason why it has none. */
export function ending(child: ChildProcess): Promise<number | string> {
  return new Promise((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code, signal) => resolve(code ?? endingBySignal(signal)));
  });
}

function endingBySignal(signal: string | null): string {
  // Node aborts when its heap is full; the kernel kills the process when the machine runs out of memory.
  const hint = signal === 'SIGABRT' || signal === 'SIGKILL' ? ', which often means that memory ran out' : '';
  return `was ended by ${signal ?? 'an unknown signal'}${hint}`;
}

/** Sends SIGINT to every child process, and kills those that still run 5 seconds later. */
export function cancelChildren(): void {
  for (const child of running) {
    child.kill('SIGINT');
    setTimeout(() => child.kill('SIGKILL'), 5_000).unref();
  }
}

export function killChildren(): void {
  for (const child of running) child.kill('SIGKILL');
}
