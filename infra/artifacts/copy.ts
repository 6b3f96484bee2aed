import { cp } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { describeInputs } from './describe.ts';
import { sourceFiles } from './files.ts';
import { hashInputs, readInputCache, stampFiles, writeInputCache, type InputCache } from './inputs.ts';
import type { BuildPlan, PreparedBuild, Source } from './plan.ts';

/** Plans an unchanged copy of the source, for runtimes that need no build. */
export function planCopy(source: Source): BuildPlan {
  return { service: source.service, slow: false, prepare: (cacheFile) => prepareCopy(source, cacheFile, {}) };
}

/** Hashes every source file and `settings`. The build copies exactly these files. */
export async function prepareCopy(
  { root, folder, migrations }: Source,
  cacheFile: string,
  settings: Record<string, string>,
): Promise<PreparedBuild> {
  // Git can ignore migrations, for example those that a tool writes.
  const paths = [...new Set([...(await sourceFiles(folder)), ...migrations])];
  const files = await stampFiles(folder, paths, await readInputCache(cacheFile, folder));
  await writeInputCache(cacheFile, folder, files);
  const build = async (path: string) => {
    for (const file of Object.keys(files.files))
      await cp(join(folder, file), join(path, file), { dereference: true });
  };
  const source = relative(root, folder);
  const inputs = await describeInputs(below(source, files), {
    root,
    folder: source,
    migrations,
    settings,
  });
  return { hash: hashInputs(files, settings), inputs, build };
}

/** Returns a cache whose paths are relative to the project instead of the source folder. */
function below(source: string, { files }: InputCache): InputCache {
  return {
    files: Object.fromEntries(Object.entries(files).map(([path, file]) => [join(source, path), file])),
  };
}
