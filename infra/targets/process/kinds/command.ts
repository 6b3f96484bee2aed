import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { railheadCommand } from '../../../common/commands.ts';
import { UserError } from '../../../../tools/user-error.ts';
import { runFailure, runName, shownLines } from '../../../common/failure-messages.ts';
import { Log, readLines } from '../../../supervisor/log.ts';
import type { WorkloadFailure } from '../../../supervisor/spec.ts';
import type { Step } from '../../../provider/kind.ts';
import { commandMark, endUnfinishedCommand, recordCommand } from './unfinished.ts';

interface CommandOptions {
  service: string;
  environment: string;
  cwd: string;
  env: Record<string, string>;
  /** The log file of the service. */
  log: string;
  /** The folder of the service's workload. */
  workload: string;
  /** Whether the command is the service, and not its `preDeploy`. */
  isService?: boolean;
  step: Step;
}

/** The error of a preDeploy command that failed. */
export class CommandError extends UserError {
  override name = 'CommandError';
  readonly failure: WorkloadFailure;

  constructor(message: string, failure: WorkloadFailure) {
    super(message);
    this.failure = failure;
  }
}

/** Milliseconds from SIGTERM to SIGKILL when the update is cancelled. */
const grace = 5_000;

/** Runs a preDeploy command and waits for its end. Throws CommandError with the last lines of its output if it fails. */
export async function runCommand(
  command: string,
  { service, environment, cwd, env, log, workload, isService = false, step }: CommandOptions,
): Promise<void> {
  step.signal.throwIfAborted();
  const source = isService ? service : `${service}-predeploy`;
  const title = isService ? 'run' : 'preDeploy';
  // The supervisor of the service rotates this file.
  const file = new Log(log, Infinity);
  const last: string[] = [];
  const take = (lines: string[]) => {
    file.write(source, lines);
    last.push(...lines);
    last.splice(0, last.length - shownLines);
    step.progress(`${title}: ${lines.at(-1)}`);
  };

  await endUnfinishedCommand(workload);
  step.progress(`${title}: ${command}`);
  const child = spawn('/bin/sh', ['-c', command], {
    cwd,
    env: { ...env, ...commandMark(workload) },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const forget = child.pid === undefined ? () => {} : recordCommand(workload, child.pid);
  readLines(child.stdout, take);
  readLines(child.stderr, take);
  const stop = endGroupOnAbort(child, step.signal);
  try {
    const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
    if (code === 0) return;
    const end = step.signal.aborted
      ? 'was cancelled'
      : `ended with ${code === null ? signal : `exit code ${code}`}`;
    const what = `${runName(service, isService)}, \`${command}\`, ${end}`;
    const next = railheadCommand(environment, 'logs', service);
    const message = runFailure({ environment, what, isService, log: last, next });
    throw new CommandError(message, { reason: what, log: last });
  } finally {
    stop();
    forget();
    file.close();
  }
}

/** Ends the process group of the command when `signal` aborts, including the processes that a shell started. */
function endGroupOnAbort(child: { pid?: number | undefined }, signal: AbortSignal): () => void {
  let timer: NodeJS.Timeout | undefined;
  const kill = (name: NodeJS.Signals) => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, name);
    } catch {
      // The process group has already ended.
    }
  };
  const end = () => {
    kill('SIGTERM');
    timer = setTimeout(() => kill('SIGKILL'), grace);
  };
  signal.addEventListener('abort', end, { once: true });
  return () => {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
  };
}
