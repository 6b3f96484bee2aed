import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** How one service is built; which of the three ways it is, is decided from the stack file alone. */
export interface BuildPlan {
  service: string;
  /** Runs somebody's command: not done for a preview. */
  slow: boolean;
  /** The result is handed to somebody else's runtime: no image is made of it. */
  runsElsewhere?: boolean;
  /** Names the inputs, with `cacheFile` as the memory of the last time. */
  prepare: (cacheFile: string) => Promise<PreparedBuild>;
}

export interface PreparedBuild {
  /** 16 hex digits over everything that goes in. */
  hash: string;
  /** Fills an empty folder with the result. Throws UserError. */
  build: (folder: string) => Promise<void>;
}

/** Builds beside `path` and renames, so that a folder with the final name is always whole. */
export async function materialise(path: string, build: PreparedBuild['build']): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const unfinished = await mkdtemp(join(dirname(path), `.${basename(path)}-`));
  try {
    await build(unfinished);
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    // Another run may have built the same inputs meanwhile: its folder is as good as ours.
    if (!existsSync(path)) throw error;
  }
}
