import { existsSync, readFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { describeInputs } from './describe.ts';
import { withoutIgnored } from './dockerignore.ts';
import { sourceFiles } from './files.ts';
import { hashInputs, readInputCache, stampFiles, writeInputCache, type InputCache } from './inputs.ts';
import type { BuildPlan, PreparedBuild, Source } from './plan.ts';

/** Plans an unchanged copy of the source, for runtimes that need no build. */
export function planCopy(source: Source): BuildPlan {
  return { service: source.service, slow: false, prepare: (cacheFile) => prepareCopy(source, cacheFile, {}) };
}

/** The folder that an image is built from, and its Dockerfile there. */
interface BuildContext {
  folder: string;
  dockerfile: string;
}

/** Plans a copy of what a Dockerfile can copy from: the build context without what its `.dockerignore` excludes. */
export function planContext(source: Source, context: BuildContext): BuildPlan {
  const prepare = (cacheFile: string) => prepareCopy(source, cacheFile, {}, context);
  return { service: source.service, slow: false, prepare };
}

/** Hashes every source file and `settings`. The build copies exactly these files. */
export async function prepareCopy(
  { root, folder: source, migrations }: Source,
  cacheFile: string,
  settings: Record<string, string>,
  context?: BuildContext,
): Promise<PreparedBuild> {
  const folder = context?.folder ?? source;
  const found = await sourceFiles(folder);
  const read = (file: string) => {
    const path = join(folder, file);
    return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  };
  const copied = context === undefined ? found : withoutIgnored(found, context.dockerfile, read);
  // Git can ignore migrations, for example those that a tool writes.
  const paths = [...new Set([...copied, ...migrations.map((file) => join(relative(folder, source), file))])];
  const files = await stampFiles(folder, paths, await readInputCache(cacheFile, folder));
  await writeInputCache(cacheFile, folder, files);
  const build = async (path: string) => {
    for (const file of Object.keys(files.files))
      await cp(join(folder, file), join(path, file), { dereference: true });
  };
  const inputs = await describeInputs(below(relative(root, folder), files), {
    root,
    folder: relative(root, source),
    migrations,
    settings,
  });
  return { hash: hashInputs(files, settings), inputs, build };
}

/** Returns a cache whose paths are relative to the project instead of a folder in it. */
function below(folder: string, { files }: InputCache): InputCache {
  return {
    files: Object.fromEntries(Object.entries(files).map(([path, file]) => [join(folder, path), file])),
  };
}
