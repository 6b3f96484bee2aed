import { randomUUID } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { artifactsFolder } from '../../artifacts/artifacts-folder.ts';
import { contentFile } from '../../artifacts/content.ts';
import { environmentPaths } from '../../supervisor/paths.ts';
import { readServing } from '../../supervisor/files.ts';
import { listWorkloads } from '../../supervisor/workloads.ts';
import type { Mention } from './mentions.ts';
import { codeOf } from '../../../tools/error-code.ts';

/** The folder of an artifact in a project. */
export interface ArtifactFolder {
  /** `api-ad4bcd77e8335c21` */
  name: string;
  /** When it was built or fetched. */
  made: Date;
  isNeeded: boolean;
}

/** The name of a folder whose deletion has begun. */
const deleted = /^\.deleted-/;

/**
 * Returns the artifacts that a project has, and the number of other files. An artifact is needed if a mention needs it, or if a
 * workload of any environment runs in it: a plain `pulumi up` leaves no record.
 *
 * @param root absolute path of the project
 */
export function artifactFolders(
  root: string,
  mentions: readonly Mention[],
): { folders: ArtifactFolder[]; others: number } {
  const needed = new Set([
    ...mentions.flatMap(({ service, hash, isNeeded }) => (isNeeded ? `${service}-${hash}` : [])),
    ...runningIn(root),
  ]);
  const entries = entriesOf(artifactsFolder(root)).filter(
    ({ name }) => !/\.(inputs\.json|content)$/.test(name),
  );
  const folders = entries.flatMap((entry): ArtifactFolder[] => {
    const { name } = entry;
    if (!entry.isDirectory()) return [];
    if (deleted.test(name)) return [{ name, made: new Date(0), isNeeded: false }];
    if (!/^[^.].*-[0-9a-f]{16}$/.test(name)) return [];
    const made = statSync(join(artifactsFolder(root), name), { throwIfNoEntry: false })?.mtime;
    return made === undefined ? [] : [{ name, made, isNeeded: needed.has(name) }];
  });
  return { folders, others: entries.length - folders.length };
}

/**
 * Deletes a folder of artifacts. It loses its name first: a killed process leaves nothing there that a build would take for a whole
 * artifact.
 */
export async function deleteFolder(root: string, name: string): Promise<void> {
  const folder = join(artifactsFolder(root), name);
  const hidden = join(artifactsFolder(root), `.deleted-${randomUUID()}`);
  await rm(contentFile(folder), { force: true });
  await rename(folder, hidden);
  await rm(hidden, { recursive: true });
}

/** Returns the names of the folders that specs of workloads refer to, also in environments whose file is gone. */
function runningIn(root: string): string[] {
  const environments = entriesOf(join(root, '.railhead')).filter((entry) => entry.isDirectory());
  const specs = environments.flatMap(({ name }) =>
    listWorkloads(environmentPaths(root, name).services).flatMap(({ spec, folder }) => [
      spec,
      readServing(folder)?.spec,
    ]),
  );
  const found = JSON.stringify(specs).matchAll(/\.railhead\/artifacts\/([^/"\\\s]+)/g);
  return [...found].flatMap(([, name]) => name ?? []);
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}
