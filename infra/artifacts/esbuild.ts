import type { BuildFailure, BuildOptions, BuildResult, Message } from 'esbuild';
import { UserError } from '../stack/problem.ts';

/** What went in, and the files that came out: they are in memory. */
export type Bundled = BuildResult<{ metafile: true; write: false }>;

/** Runs esbuild, loaded only when something has to be bundled. Mistakes in the source are UserErrors. */
export async function runEsbuild(options: BuildOptions): Promise<Bundled> {
  const { build } = await import('esbuild');
  try {
    return await build({ ...options, metafile: true, write: false, logLevel: 'silent' });
  } catch (error) {
    if (!isBuildFailure(error)) throw error;
    throw new UserError(error.errors.map(describe).join('\n'));
  }
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && 'errors' in error;
}

function describe({ location, text }: Message): string {
  if (location === null) return text;
  // esbuild counts columns from 0.
  return `${location.file}:${location.line}:${location.column + 1}  ${text}\n    ${location.lineText.trim()}`;
}
