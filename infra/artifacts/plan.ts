import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { ArtifactInputs } from './types.ts';

/** What a service is built from. */
export interface Source {
  service: string;
  /** Absolute path of the project. */
  root: string;
  /** Absolute path of the source folder. */
  folder: string;
  /** Migrations, relative to the folder. The artifact contains them at these paths. */
  migrations: string[];
}

/** Describes how to build one service. The stack file alone determines which of the three kinds of build it is. */
export interface BuildPlan {
  service: string;
  /** Whether it runs a user's command. Previews skip these builds. */
  slow: boolean;
  /** Whether the artifact runs outside containers, so no image is built from it. */
  runsElsewhere?: boolean;
  /** Determines the inputs. `cacheFile` holds the inputs of the last run. */
  prepare: (cacheFile: string) => Promise<PreparedBuild>;
}

export interface PreparedBuild {
  /** 16 hex digits over all inputs. */
  hash: string;
  inputs: ArtifactInputs;
  /** Writes the result to an empty folder. Throws UserError. */
  build: (folder: string) => Promise<void>;
}

/** Builds in a temporary folder and renames it to `path`, so that a folder with the final name is always complete. */
export async function materialise(path: string, build: PreparedBuild['build']): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const unfinished = await mkdtemp(join(dirname(path), `.${basename(path)}-`));
  try {
    await build(unfinished);
    await rename(unfinished, path).catch((error: unknown) => {
      // Another run may have made the same folder meanwhile; then it is used.
      if (!existsSync(path)) throw error;
    });
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}
