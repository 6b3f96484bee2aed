import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { sourceFiles } from './files.ts';
import { hashInputs, readInputCache, stampFiles, writeInputCache } from './inputs.ts';
import type { BuildPlan, PreparedBuild } from './plan.ts';

/** Plans an unchanged copy of the source, for runtimes that need no build. */
export function planCopy(service: string, folder: string): BuildPlan {
  return { service, slow: false, prepare: (cacheFile) => prepareCopy(folder, cacheFile, {}) };
}

/** Hashes every source file and `settings`. The build copies exactly these files. */
export async function prepareCopy(
  folder: string,
  cacheFile: string,
  settings: unknown,
): Promise<PreparedBuild> {
  const files = await stampFiles(folder, await sourceFiles(folder), await readInputCache(cacheFile, folder));
  await writeInputCache(cacheFile, folder, files);
  const build = async (path: string) => {
    for (const file of Object.keys(files.files)) await cp(join(folder, file), join(path, file));
  };
  return { hash: hashInputs(files, settings), build };
}
