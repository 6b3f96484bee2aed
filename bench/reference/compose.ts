import { capture } from '../../tools/command.ts';
import { timed } from '../compare.ts';

/** Returns the milliseconds in which Compose reads and checks a file, without its start. */
export async function timeOfConfig([program = '', ...first]: string[], file: string): Promise<number> {
  const run = async (...args: string[]) => {
    const { code, problem } = await capture(program, [...first, ...args]);
    if (code !== 0) throw new Error(problem);
  };
  const start = await timed(() => run('version', '--short'));
  return (await timed(() => run('-f', file, 'config', '--quiet'))) - start;
}
