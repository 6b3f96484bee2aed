import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { UserError } from '../../tools/user-error.ts';

interface Streams {
  input: NodeJS.ReadableStream & { isTTY?: boolean };
  output: NodeJS.WritableStream;
}

/**
 * Reads the value of a secret from stdin: one line without echo in a terminal, else everything. One newline at the end is not part of
 * it. Throws UserError if there is none.
 */
export async function readSecret(
  name: string,
  { input, output }: Streams = { input: process.stdin, output: process.stderr },
): Promise<string> {
  const text = input.isTTY === true ? await ask(name, { input, output }) : await readAll(input);
  const value = text.replace(/\r?\n$/, '');
  if (value !== '') return value;
  throw new UserError(`There is no value for ${name} on stdin, so nothing was changed.`);
}

/** Asks in a terminal. What is typed goes to no output. */
function ask(name: string, { input, output }: Streams): Promise<string> {
  output.write(`Value of ${name} (one line, not shown): `);
  const hidden = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, output: hidden, terminal: true, historySize: 0 });
  return new Promise((resolve) => {
    let typed = '';
    lines.once('line', (line) => {
      typed = line;
      lines.close();
    });
    // Also by Ctrl-C and Ctrl-D.
    lines.once('close', () => {
      output.write('\n');
      resolve(typed);
    });
  });
}

async function readAll(input: NodeJS.ReadableStream): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of input) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}
