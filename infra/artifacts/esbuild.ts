import { createRequire } from 'node:module';
import type { BuildFailure, BuildOptions, BuildResult, Message } from 'esbuild';
import { UserError } from '../../tools/user-error.ts';

/** The result of esbuild: the inputs, and the output files in memory. */
export type Bundled = BuildResult<{ metafile: true; write: false }>;

/** Runs esbuild, which is loaded only if a service has to be bundled. Throws UserError for errors in the source. */
export async function runEsbuild(options: BuildOptions): Promise<Bundled> {
  const { build } = await import('esbuild');
  try {
    return await build({ ...options, metafile: true, write: false, logLevel: 'silent' });
  } catch (error) {
    if (!isBuildFailure(error)) throw error;
    throw new UserError(error.errors.map(describe).join('\n'));
  }
}

/** Returns the version of esbuild, on which a bundle depends. */
export function esbuildVersion(): string {
  return (createRequire(import.meta.url)('esbuild/package.json') as { version: string }).version;
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && 'errors' in error;
}

function describe({ location, text }: Message): string {
  if (location === null) return text;
  // esbuild counts columns from 0.
  return `${location.file}:${location.line}:${location.column + 1}  ${text}\n    ${location.lineText.trim()}`;
}
