import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { contentOf } from '../store/archive.ts';
import { UserError } from '../../tools/user-error.ts';
import { saveContent } from './content.ts';
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

/**
 * Builds in a temporary folder and renames it to `path`, so that a folder with the final name is always complete. Saves the content
 * of what was built.
 */
export async function materialise(path: string, build: PreparedBuild['build']): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const unfinished = await mkdtemp(join(dirname(path), `.${basename(path)}-`));
  try {
    await build(unfinished);
    const content = await storable(unfinished);
    if ((await moveTo(unfinished, path)) && content !== undefined) await saveContent(path, content);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

/** Renames a folder. Returns false if the new name exists: another run may have made the same folder meanwhile. */
export async function moveTo(folder: string, path: string): Promise<boolean> {
  try {
    await rename(folder, path);
    return true;
  } catch (error) {
    if (existsSync(path)) return false;
    throw error;
  }
}

/** Returns the content of a folder; undefined if it contains something that no other machine has. */
async function storable(folder: string): Promise<string | undefined> {
  try {
    return await contentOf(folder);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
