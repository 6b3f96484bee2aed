import { join } from 'node:path';
import { capture } from '../tools/command.ts';

/** Runs a script of this folder in a new process and returns the number that it prints. */
export async function runOnce(script: string, ...args: string[]): Promise<number> {
  const { code, stdout, problem } = await capture(process.execPath, [
    join(import.meta.dirname, script),
    ...args,
  ]);
  if (code !== 0) throw new Error(problem);
  return Number(stdout);
}
