import { createInterface } from 'node:readline/promises';
import { UserError } from '../../tools/user-error.ts';

/** The streams for the question and the answer. */
export interface Terminal {
  input: NodeJS.ReadableStream;
  output: NodeJS.WritableStream;
}

export function hasTerminal({ stdin, stdout } = process): boolean {
  return stdin.isTTY && stdout.isTTY;
}

/** Asks a question. Returns whether the answer is yes; false for a closed terminal and for Ctrl-C. */
export async function confirm(
  question: string,
  terminal: Terminal = { input: process.stdin, output: process.stdout },
): Promise<boolean> {
  const lines = createInterface(terminal);
  const closed = new AbortController();
  lines.once('close', () => closed.abort());
  try {
    const answer = await lines.question(`${question} (yes or no) `, closed);
    return answer.trim().toLowerCase() === 'yes';
  } catch (error) {
    if (closed.signal.aborted) return false;
    throw error;
  } finally {
    lines.close();
  }
}

/**
 * Asks a question whose answer must be yes. Throws UserError for any other answer, for a closed terminal and for Ctrl-C.
 *
 * @param done what the command does after a yes: `deleted`
 */
export async function requireYes(question: string, done: string, terminal?: Terminal): Promise<void> {
  if (await confirm(question, terminal)) return;
  throw new UserError(`The answer was not yes, so nothing was ${done}.`);
}

/** Throws UserError without a terminal: the question cannot be asked then. `advice` says how to do without it. */
export function requireTerminal(done: string, advice: string): void {
  if (!hasTerminal())
    throw new UserError(`There is no terminal to ask on, so nothing was ${done}. ${advice}`);
}
