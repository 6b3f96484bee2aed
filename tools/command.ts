import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** Prints one line of progress for the user. */
export type Progress = (line: string) => void;

export interface CommandOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Milliseconds after which the command and its child processes are killed. Default: no limit. */
  timeout?: number;
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

/** Runs a command without input and waits for its end. Never throws if the command fails. */
export function capture(
  command: string,
  args: string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const { cwd, env, timeout, onLine } = options;
  return new Promise((resolve) => {
    // In a process group of its own, so that its child processes can be killed with it.
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
