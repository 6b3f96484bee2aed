import { createInterface } from 'node:readline/promises';

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
