import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** Takes one line for people to read. */
export type Progress = (line: string) => void;

export interface CommandOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Milliseconds after which the command and all that it started are killed; none by default. */
  timeout?: number;
  /** Called with each line of its error stream as it comes. */
  onLine?: Progress;
}

export interface CommandResult {
  /** Exit code; null when it was killed or could not be started. */
  code: number | null;
  stdout: string;
  /** Its last lines on the error stream, and why it did not end by itself. */
  problem: string;
}

const keptLines = 15;

/** Runs a command to its end without input. Never throws for what the command does. */
export function capture(
  command: string,
  args: string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const { cwd, env, timeout, onLine } = options;
  return new Promise((resolve) => {
    // A group of its own, so that what it started ends with it.
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    const problem: string[] = [];
    let stdout = '';
    const kill = (why: string) => {
      problem.push(why);
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    };
    const leave = () => kill('interrupted');
    process.once('exit', leave);
    const deadline = timeout && setTimeout(() => kill(`no end within ${timeout / 1000} s`), timeout);
    child.stdout.on('data', (bytes: Buffer) => (stdout += bytes.toString()));
    createInterface({ input: child.stderr }).on('line', (line) => {
      problem.push(line);
      if (problem.length > keptLines) problem.shift();
      onLine?.(line);
    });
    child.on('error', (error) => problem.push(error.message));
    child.on('close', (code) => {
      clearTimeout(deadline);
      process.off('exit', leave);
      resolve({ code: child.pid === undefined ? null : code, stdout, problem: problem.join('\n').trim() });
    });
  });
}

/** Says what is going on, and every 10 seconds that it still is, with what the `status` last given says then. */
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
