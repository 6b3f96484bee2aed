import { statfs } from 'node:fs/promises';
import type { ServiceGraph } from '../graph/types.ts';
import { UserError } from '../stack/problem.ts';
import type { PreflightContext, Target } from './target.ts';

/** Something that a target needs: a line of `doctor`. */
export interface Check {
  name: string;
  /** What is there, or what is wrong. */
  found: string;
  /** The command that mends it; absent where nothing is missing. */
  mend?: string;
}

/** Milliseconds after which whoever was asked counts as not reachable. */
export const patience = 15_000;

/** Milliseconds after which whoever waits is told for what. */
const silence = 2_000;

/** Less is filled by one build. */
const leastSpace = 2 ** 30;

/** Whether the disk of a folder has room for images, data and logs; unknown where the folder is not of this machine. */
export async function checkDisk(folder: string): Promise<Check> {
  const name = 'Disk';
  try {
    const { bavail, bsize } = await statfs(folder);
    const free = `${((bavail * bsize) / 2 ** 30).toFixed(1)} GiB free below ${folder}`;
    if (bavail * bsize >= leastSpace) return { name, found: free };
    return {
      name,
      found: `${free}, of 1 GiB at least`,
      mend: `du -xh --max-depth=2 ${folder} | sort -h | tail`,
    };
  } catch (error) {
    return { name, found: `not looked at: ${(error as Error).message}` };
  }
}

/** Looks at all that a target needs. Throws a UserError with everything that is missing. */
export async function requirePreflight(
  target: Target,
  graph: ServiceGraph,
  context: PreflightContext,
  progress: (line: string) => void,
): Promise<void> {
  const told = setTimeout(() => progress(`Waiting for ${target.name} to say what it has …`), silence);
  try {
    const problem = describeMissing(await target.preflight(graph, context), context.environment);
    if (problem !== undefined) throw new UserError(problem);
  } finally {
    clearTimeout(told);
  }
}

/** What is missing, each with its command; undefined where nothing is. */
export function describeMissing(checks: Check[], environment: string): string | undefined {
  const missing = checks.filter(({ mend }) => mend !== undefined);
  if (missing.length === 0) return undefined;
  const lines = missing.flatMap(({ name, found, mend }) => [`  ${name}: ${found}`, `    ${mend}`]);
  return [`${environment} cannot be brought up yet; nothing was touched:`, ...lines].join('\n');
}

/** The part of an error output that says why. */
export function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
