import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { groupRuns, signalProcess, startTimeOf } from './identity.ts';
import type { ProcessIdentity } from './identity.ts';
import { readLines } from './log.ts';
import type { WorkloadSpec } from './spec.ts';

/** How a process ended; both null when it could not be started. */
export interface Ending {
  exitCode: number | null;
  signal: NodeJS.Signals | null;
}

/** One run of a workload's command in a process group of its own, so that what a shell started ends with it. */
export interface Child {
  /** Absent when the command could not be started; `ended` then resolves at once. */
  identity?: ProcessIdentity;
  /** Resolves after the last line of output was taken and the rest of the group is gone. */
  ended: Promise<Ending>;
  /** Sends the stop signal, and after `grace` seconds SIGKILL; resolves when the process has ended. */
  stop(grace: number): Promise<void>;
}

export function startChild(
  spec: WorkloadSpec,
  env: Record<string, string>,
  takeLines: (lines: string[]) => void,
): Child {
  const process = spawnCommand(spec, env);
  for (const stream of [process.stdout, process.stderr]) if (stream) readLines(stream, takeLines);
  const { pid } = process;
  let deadline = 0;
  const ended = ending(process, spec, takeLines, () => deadline);
  if (pid === undefined) return { ended, stop: async () => {} };
  return {
    identity: { pid, startTime: startTimeOf(pid) ?? 'unknown' },
    ended,
    async stop(grace) {
      deadline = Date.now() + grace * 1000;
      // A shell hands no signal on, so its whole group gets it; a program of its own may have reasons to stop its children itself.
      signalProcess(typeof spec.command === 'string' ? -pid : pid, spec.stop.signal);
      const enough = new AbortController();
      const late = sleep(grace * 1000, true, { signal: enough.signal }).catch(() => false);
      if (await Promise.race([ended.then(() => false), late])) signalProcess(-pid, 'SIGKILL');
      enough.abort();
      await ended;
    },
  };
}

export function describeEnding({ exitCode, signal }: Ending): string {
  if (signal !== null) return `was ended by ${signal}`;
  return exitCode === null ? 'could not be started' : `ended with exit code ${exitCode}`;
}

function spawnCommand({ command, cwd, user }: WorkloadSpec, env: Record<string, string>): ChildProcess {
  const [file = '', ...args] = typeof command === 'string' ? ['/bin/sh', '-c', command] : command;
  return spawn(file, args, { cwd, env, ...user, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
}

async function ending(
  child: ChildProcess,
  spec: WorkloadSpec,
  takeLines: (lines: string[]) => void,
  deadline: () => number,
): Promise<Ending> {
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const ended = await new Promise<Ending>((resolve) => {
    child.once('exit', (exitCode, signal) => resolve({ exitCode, signal }));
    child.once('error', (error) => {
      if (child.pid !== undefined) return; // The process runs; it was a signal that could not be sent.
      takeLines([
        existsSync(spec.cwd) ? `cannot start: ${error.message}` : `cannot start: no folder ${spec.cwd}`,
      ]);
      resolve({ exitCode: null, signal: null });
    });
  });
  if (child.pid === undefined) return ended;
  // A shell ends at the stop signal at once, what it has started may still have to finish its work.
  while (Date.now() < deadline() && groupRuns(child.pid)) await sleep(20);
  signalProcess(-child.pid, 'SIGKILL');
  // A descendant that left the group may hold the pipes open for ever.
  await Promise.race([closed, sleep(1000)]);
  child.stdout?.destroy();
  child.stderr?.destroy();
  return ended;
}
