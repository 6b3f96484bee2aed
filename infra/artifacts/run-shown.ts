import { spawn } from 'node:child_process';

const shownLines = 20;

/** How a command ended. */
export interface Finished {
  /** Exit code; null if the command was killed. */
  code: number | null;
  /** The last lines of its output. */
  lines: string[];
}

/** Runs a command and keeps its last lines of both outputs, in the order of their arrival. Rejects if it cannot be started. */
export async function runShown(
  program: string,
  args: string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Finished> {
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const lines: string[] = [];
  const collect = (chunk: Buffer) => {
    lines.push(...chunk.toString().split('\n').filter(Boolean));
    lines.splice(0, Math.max(0, lines.length - shownLines));
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return { code, lines };
}
