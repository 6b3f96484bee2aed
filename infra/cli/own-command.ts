import { spawn } from 'node:child_process';
import { signingEnvironment } from '../store/signature.ts';

export interface OwnRun {
  code: number;
  /** What it printed on stdout, if that was captured. */
  stdout: string;
  /** What it printed on stderr. */
  errors: string;
  /** Whether it ended with Busy. */
  busy: boolean;
}

/** What a command that ends with Busy sends to the command that runs it. */
const busyMessage = 'busy';

/** Tells the command of Railhead that runs this one, if there is one, that the environment is in use. */
export function tellBusy(): void {
  process.send?.(busyMessage);
}

/**
 * Runs another command of Railhead as a process of its own, with its locks, its record and its messages. Its stderr is shown.
 *
 * @param captures whether stdout is returned instead of shown
 */
export function runOwn(words: readonly string[], captures: boolean): Promise<OwnRun> {
  const child = spawn(process.execPath, [...process.execArgv, process.argv[1]!, ...words], {
    env: signingEnvironment(),
    stdio: ['inherit', captures ? 'pipe' : 'inherit', 'pipe', 'ipc'],
  });
  let stdout = '';
  let errors = '';
  let busy = false;
  child.on('message', (message) => (busy ||= message === busyMessage));
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
    process.stderr.write(text);
  });
  const forward = (signal: NodeJS.Signals) => {
    // A terminal sends Ctrl-C to both processes. Other signals reach this one alone.
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, forward);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      for (const signal of signals) process.off(signal, forward);
      resolve({ code: code ?? 1, stdout, errors, busy });
    });
  });
}
