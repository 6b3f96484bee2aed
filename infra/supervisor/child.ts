import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { groupRuns, isAlive, signalProcess, startTimeOf } from '../common/process-identity.ts';
import type { ProcessIdentity } from '../common/process-identity.ts';
import { openOutput, readOutput } from './output.ts';
import type { OutputReader } from './output.ts';
import type { WorkloadSpec } from './spec.ts';

/** Milliseconds between two checks that an adopted process still runs. Without /proc each check starts a `ps` process. */
const LOOK = process.platform === 'linux' ? 100 : 1000;

/** How a process ended. Both fields are null if the process could not be started. */
export interface Ending {
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  /** Only the parent of a process gets its exit code, and the supervisor that was the parent has ended. */
  isUnknown?: true;
}

export const unknownEnding: Ending = { exitCode: null, signal: null, isUnknown: true };

/** One run of a workload's command. It has its own process group, so that processes started by a shell end with it. */
export interface Child {
  /** Absent if the command could not be started; `ended` then resolves immediately. */
  identity?: ProcessIdentity;
  /** Resolves after the last line of output has been read and all processes of the group have ended. */
  ended: Promise<Ending>;
  /** Sends the stop signal, then SIGKILL after `grace` seconds. Resolves when the process has ended. */
  stop(grace: number): Promise<void>;
}

/** Where the output of a run is read from, and the function that receives it. */
export interface ChildOutput {
  /** The workload's folder. */
  folder: string;
  /** The replica's id. */
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

/** Takes over a running process that an earlier supervisor of the folder has started. */
export function adoptChild(identity: ProcessIdentity, spec: WorkloadSpec, output: ChildOutput): Child {
  const reader = readOutput(output.folder, output.id, output.takeLines);
  return attend(identity, spec, untilGone(identity), reader);
}

export function describeEnding({ exitCode, signal, isUnknown }: Ending): string {
  if (isUnknown) return 'ended with an unknown exit code (an earlier supervisor had started it)';
  if (signal !== null) return `was ended by ${signal}`;
  return exitCode === null ? 'could not be started' : `ended with exit code ${exitCode}`;
}

/** Starts a command as the leader of a process group. `output`: where stdout and stderr go. */
export function spawnCommand(
  { command, cwd, user }: Pick<WorkloadSpec, 'command' | 'cwd' | 'user'>,
  env: Record<string, string>,
  output: (number | 'pipe')[],
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
      if (child.pid !== undefined) return; // The process runs; only sending it a signal has failed.
      takeLines([existsSync(cwd) ? `cannot start: ${error.message}` : `cannot start: no folder ${cwd}`]);
      resolve({ exitCode: null, signal: null });
    });
  });
}

async function untilGone(identity: ProcessIdentity): Promise<Ending> {
  while (isAlive(identity)) await sleep(LOOK);
  return unknownEnding;
}

/** Returns the Child for a running process. `exited` resolves when the leader of the process group has ended. */
function attend(
  identity: ProcessIdentity,
  { command, stop }: WorkloadSpec,
  exited: Promise<Ending>,
  output: OutputReader,
): Child {
  const { pid } = identity;
  let deadline = 0;
  const endGroup = async (ending: Ending): Promise<Ending> => {
    // A shell ends immediately at the stop signal, while its child processes may still need time to finish.
    while (Date.now() < deadline && groupRuns(pid)) await sleep(20);
    signalProcess(-pid, 'SIGKILL');
    // A descendant that left the group can hold the output open forever.
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
      // A shell does not forward signals, so its whole group gets the signal. A program that is started directly may
      // need to stop its children itself, so it gets the signal alone.
      signalProcess(typeof command === 'string' ? -pid : pid, stop.signal);
      const enough = new AbortController();
      const late = sleep(grace * 1000, true, { signal: enough.signal }).catch(() => false);
      if (await Promise.race([ended.then(() => false), late])) signalProcess(-pid, 'SIGKILL');
      enough.abort();
      await ended;
    },
  };
}
