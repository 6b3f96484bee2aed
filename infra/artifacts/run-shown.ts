import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const shownLines = 20;

/** How a command ended. */
export interface Finished {
  /** Exit code; null if the command was killed. */
  code: number | null;
  /** The last lines of its output. */
  lines: string[];
}

interface Options {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** What the command reads from stdin. Default: nothing. */
  input?: string;
}

/** Runs a command and keeps its last lines of both outputs, in the order of their arrival. Rejects if it cannot be started. */
export async function runShown(
  program: string,
  args: string[],
  { input, ...options }: Options = {},
): Promise<Finished> {
  const child = spawn(program, args, { ...options, stdio: ['pipe', 'pipe', 'pipe'] });
  // A command that reads nothing, or has ended, closes the pipe.
  child.stdin.on('error', () => undefined).end(input);
  const lines: string[] = [];
  const collect = (line: string) => {
    if (line !== '') lines.push(line);
    if (lines.length > shownLines) lines.shift();
  };
  // By lines: a chunk can end within one.
  for (const output of [child.stdout, child.stderr]) createInterface({ input: output }).on('line', collect);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return { code, lines };
}
