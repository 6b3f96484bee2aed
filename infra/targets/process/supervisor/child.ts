import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { groupRuns, isAlive, signalProcess, startTimeOf } from './identity.ts';
import type { ProcessIdentity } from './identity.ts';
import { openOutput, readOutput } from './output.ts';
import type { OutputReader } from './output.ts';
import type { WorkloadSpec } from './spec.ts';

/** Milliseconds between two looks whether an adopted process still runs; without /proc a look costs a process. */
const LOOK = process.platform === 'linux' ? 100 : 1000;

/** How a process ended; all null when it could not be started. */
export interface Ending {
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  /** Only the parent of a process learns how it ended, and the supervisor that was its parent is gone. */
  isUnknown?: true;
}

export const unknownEnding: Ending = { exitCode: null, signal: null, isUnknown: true };

/** One run of a workload's command in a process group of its own, so that what a shell started ends with it. */
export interface Child {
  /** Absent when the command could not be started; `ended` then resolves at once. */
  identity?: ProcessIdentity;
  /** Resolves after the last line of output was taken and the rest of the group is gone. */
  ended: Promise<Ending>;
  /** Sends the stop signal, and after `grace` seconds SIGKILL; resolves when the process has ended. */
  stop(grace: number): Promise<void>;
}

/** Where the output of a run goes. */
export interface ChildOutput {
  /** Of the workload. */
  folder: string;
  /** Of the replica. */
  id: string;
  takeLines: (lines: string[]) => void;
}

export function startChild(spec: WorkloadSpec, env: Record<string, string>, output: ChildOutput): Child {
  const descriptors = openOutput(output.folder, output.id);
  try {
    const reader = readOutput(output.folder, output.id, output.takeLines);
    const process = spawnCommand(spec, env, descriptors);
    const exited = exitOf(process, spec, output.takeLines);
    const { pid } = process;
    if (pid === undefined) return { ended: exited.finally(() => reader.close()), stop: async () => {} };
    return attend({ pid, startTime: startTimeOf(pid) ?? 'unknown' }, spec, exited, reader);
  } finally {
    descriptors.forEach(closeSync);
  }
}

/** A process that an earlier supervisor of the folder has started, and that runs. */
export function adoptChild(identity: ProcessIdentity, spec: WorkloadSpec, output: ChildOutput): Child {
  const reader = readOutput(output.folder, output.id, output.takeLines);
  return attend(identity, spec, untilGone(identity), reader);
}

export function describeEnding({ exitCode, signal, isUnknown }: Ending): string {
  if (isUnknown) return 'ended with an unknown exit code (an earlier supervisor had started it)';
  if (signal !== null) return `was ended by ${signal}`;
  return exitCode === null ? 'could not be started' : `ended with exit code ${exitCode}`;
}

function spawnCommand(
  { command, cwd, user }: WorkloadSpec,
  env: Record<string, string>,
  output: number[],
): ChildProcess {
  const [file = '', ...args] = typeof command === 'string' ? ['/bin/sh', '-c', command] : command;
  return spawn(file, args, { cwd, env, ...user, detached: true, stdio: ['ignore', ...output] });
}

function exitOf(
  child: ChildProcess,
  { cwd }: WorkloadSpec,
  takeLines: (lines: string[]) => void,
): Promise<Ending> {
  return new Promise((resolve) => {
    child.once('exit', (exitCode, signal) => resolve({ exitCode, signal }));
    child.once('error', (error) => {
      if (child.pid !== undefined) return; // The process runs; it was a signal that could not be sent.
      takeLines([existsSync(cwd) ? `cannot start: ${error.message}` : `cannot start: no folder ${cwd}`]);
      resolve({ exitCode: null, signal: null });
    });
  });
}

async function untilGone(identity: ProcessIdentity): Promise<Ending> {
  while (isAlive(identity)) await sleep(LOOK);
  return unknownEnding;
}

/** `exited`: how the leader of the group ended. */
function attend(
  identity: ProcessIdentity,
  { command, stop }: WorkloadSpec,
  exited: Promise<Ending>,
  output: OutputReader,
): Child {
  const { pid } = identity;
  let deadline = 0;
  const endGroup = async (ending: Ending): Promise<Ending> => {
    // A shell ends at the stop signal at once, what it has started may still have to finish its work.
    while (Date.now() < deadline && groupRuns(pid)) await sleep(20);
    signalProcess(-pid, 'SIGKILL');
    // A descendant that left the group may hold the output open for ever.
    await Promise.race([output.closed, sleep(1000)]);
    output.close();
    return ending;
  };
  const ended = exited.then(endGroup);
  return {
    identity,
    ended,
    async stop(grace) {
      deadline = Date.now() + grace * 1000;
      // A shell hands no signal on, so its whole group gets it; a program of its own may have reasons to stop its children itself.
      signalProcess(typeof command === 'string' ? -pid : pid, stop.signal);
      const enough = new AbortController();
      const late = sleep(grace * 1000, true, { signal: enough.signal }).catch(() => false);
      if (await Promise.race([ended.then(() => false), late])) signalProcess(-pid, 'SIGKILL');
      enough.abort();
      await ended;
    },
  };
}
