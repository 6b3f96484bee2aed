import { statfs } from 'node:fs/promises';
import type { ServiceGraph } from '../../graph/types.ts';
import { UserError } from '../../../tools/user-error.ts';
import type { Check } from './check.ts';
import type { PreflightContext, Target } from './target.ts';

/** Milliseconds after which a Docker daemon or cluster that does not answer counts as unreachable. */
export const patience = 15_000;

/** Milliseconds after which the user is told what the command waits for. */
const silence = 2_000;

/** The smallest free disk space, in bytes. One build can fill less. */
const leastSpace = 2 ** 30;

/** Checks that the disk has space for images, data and logs. A folder on another machine is "not checked". */
export async function checkDisk(folder: string): Promise<Check> {
  const name = 'Disk';
  try {
    const { bavail, bsize } = await statfs(folder);
    const free = `${((bavail * bsize) / 2 ** 30).toFixed(1)} GiB free below ${folder}`;
    if (bavail * bsize >= leastSpace) return { name, found: free };
    return {
      name,
      found: `${free}, but at least 1 GiB is needed`,
      mend: `du -xh --max-depth=2 ${folder} | sort -h | tail`,
    };
  } catch (error) {
    return { name, found: `not checked: ${(error as Error).message}` };
  }
}

/** Checks all requirements of a target. Throws UserError with everything that is missing. */
export async function requirePreflight(
  target: Target,
  graph: ServiceGraph,
  context: PreflightContext,
  progress: (line: string) => void,
): Promise<void> {
  const told = setTimeout(
    () => progress(`Still checking the requirements of the target ${target.name} …`),
    silence,
  );
  try {
    const problem = describeMissing(await target.preflight(graph, context), context.environment);
    if (problem !== undefined) throw new UserError(problem);
  } finally {
    clearTimeout(told);
  }
}

/** Returns a message with all missing requirements and their commands; undefined if none is missing. */
function describeMissing(checks: Check[], environment: string): string | undefined {
  const missing = checks.filter(({ mend }) => mend !== undefined);
  if (missing.length === 0) return undefined;
  const lines = missing.flatMap(({ name, found, mend }) => [`  ${name}: ${found}`, `    ${mend}`]);
  return [`${environment} cannot be deployed yet, and nothing was changed. Missing:`, ...lines].join('\n');
}

/** Returns the last line of an error output, which contains the reason. */
export function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
