import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { codeOf } from './error-code.ts';

/** Prints one line of progress for the user. */
export type Progress = (line: string) => void;

export interface CommandOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Milliseconds after which the command and its child processes are killed. Default: no limit. */
  timeout?: number;
  /** What the command reads from stdin. Default: nothing. */
  input?: string;
  /** Called with each line of stderr as it arrives. */
  onLine?: Progress;
}

export interface CommandResult {
  /** Exit code; null if the command was killed or could not be started. */
  code: number | null;
  stdout: string;
  /** The last lines of stderr, and the reason if the command was killed or could not be started. */
  problem: string;
}

const keptLines = 15;

/** Runs a command and waits for its end. Never throws if the command fails. */
export function capture(
  command: string,
  args: string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const { cwd, env, timeout, input, onLine } = options;
  return new Promise((resolve) => {
    // In a process group of its own, so that its child processes can be killed with it.
    const settings = { cwd, env, detached: true };
    const child =
      input === undefined
        ? spawn(command, args, { ...settings, stdio: ['ignore', 'pipe', 'pipe'] })
        : spawn(command, args, { ...settings, stdio: ['pipe', 'pipe', 'pipe'] });
    // A command that reads nothing, or has ended, closes the pipe.
    child.stdin?.on('error', () => undefined).end(input);
    const problem: string[] = [];
    let stdout = '';
    const kill = (why: string) => {
      problem.push(why);
      if (child.pid !== undefined) killGroup(child.pid);
    };
    const leave = () => kill('interrupted');
    running.add(leave);
    if (running.size === 1) listen();
    const deadline = timeout && setTimeout(() => kill(`no end within ${timeout / 1000} s`), timeout);
    // A chunk can end within a character.
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    createInterface({ input: child.stderr }).on('line', (line) => {
      problem.push(line);
      if (problem.length > keptLines) problem.shift();
      onLine?.(line);
    });
    child.on('error', (error) => problem.push(error.message));
    child.on('close', (code) => {
      clearTimeout(deadline);
      running.delete(leave);
      if (running.size === 0) unlisten();
      resolve({ code: child.pid === undefined ? null : code, stdout, problem: problem.join('\n').trim() });
    });
  });
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if (codeOf(error) !== 'ESRCH') throw error; // It has ended already.
  }
}

/** The functions that end the running commands. */
const running = new Set<() => void>();

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Ends the commands with this process, because a terminal sends Ctrl-C only to the group of this process. */
function listen(): void {
  process.on('exit', endAll);
  for (const signal of signals) process.on(signal, endBySignal);
}

function unlisten(): void {
  process.off('exit', endAll);
  for (const signal of signals) process.off(signal, endBySignal);
}

function endAll(): void {
  for (const end of running) end();
}

function endBySignal(signal: NodeJS.Signals): void {
  endAll();
  if (process.listenerCount(signal) > 1) return;
  // Without a listener, the signal ends the process.
  unlisten();
  process.kill(process.pid, signal);
}

/**
 * Prints `label` at the start and every 10 seconds until `work` ends, with the elapsed time and the last set status.
 */
export async function withProgress<T>(
  progress: Progress,
  label: string,
  work: (setStatus: (status: () => string) => void) => Promise<T>,
): Promise<T> {
  const start = Date.now();
  let status = () => '';
  progress(`${label} …`);
  const ticker = setInterval(() => {
    const seconds = Math.round((Date.now() - start) / 1000);
    progress([`${label} … ${seconds} s`, status()].filter(Boolean).join(', '));
  }, 10_000);
  try {
    return await work((next) => (status = next));
  } finally {
    clearInterval(ticker);
  }
}
