import { posix } from 'node:path';
import { parse } from 'yaml';
import { importsOf } from '../../artifacts/listed/bundled.ts';
import { lockedClosure } from '../../artifacts/listed/lockfile.ts';
import { resolveRelative } from '../../artifacts/listed/resolve.ts';
import type { SourceTree } from '../../artifacts/listed/source-tree.ts';

/** Code that runs in an update and not in a preview of commits. */
export interface ProgramChanges {
  /** Files that differ, relative to the project. */
  files: string[];
  /** Railhead's version in the lockfile, if it differs. */
  railhead?: { before?: string; after?: string };
}

/** One side of a comparison, with further modules of its program: targets and folders of policies. */
export interface ProgramSources {
  tree: SourceTree;
  below: string;
  modules: readonly string[];
  folders: readonly string[];
}

/** Returns which files of the Pulumi program differ: its main module, targets, policies, and what they import. */
export async function programChanges(before: ProgramSources, after: ProgramSources): Promise<ProgramChanges> {
  const paths = [...new Set([before, after].flatMap(programFiles))].toSorted();
  const differs = async (path: string) => (await hashIn(before, path)) !== (await hashIn(after, path));
  const files = await Promise.all(paths.map(async (path) => ((await differs(path)) ? [path] : [])));
  const [was, is] = [before, after].map(railheadVersion);
  return {
    files: files.flat().map((path) => posix.relative(after.below, path)),
    ...(was !== is && { railhead: { ...(was && { before: was }), ...(is && { after: is }) } }),
  };
}

/** Returns the hash of a file of one side; undefined if that side has no such file. */
export function hashIn({ tree }: Pick<ProgramSources, 'tree'>, path: string): Promise<string> | undefined {
  return tree.isFile(path) ? tree.hash(path) : undefined;
}

function programFiles({ tree, below, modules, folders }: ProgramSources): string[] {
  const project = posix.join(below, 'Pulumi.yaml');
  const named = [mainOf(tree.text(project)), ...modules].map((path) => posix.join(below, path));
  const files = new Set(
    named.flatMap((path) => resolveRelative(tree, project, `./${posix.relative(below, path)}`) ?? []),
  );
  for (const folder of folders) for (const file of tree.files(posix.join(below, folder))) files.add(file);
  // A loop over a set includes what is added meanwhile.
  for (const file of files) {
    for (const specifier of importsOf(tree, file).specifiers) {
      const imported = specifier.startsWith('.') ? resolveRelative(tree, file, specifier) : undefined;
      if (imported !== undefined) files.add(imported);
    }
  }
  return [...files, ...(tree.isFile(project) ? [project] : [])];
}

/** Returns the path of the program in Pulumi.yaml; a folder means its index. */
function mainOf(text: string | undefined): string {
  try {
    const { main } = parse(text ?? '{}', { logLevel: 'error' }) as { main?: unknown };
    return typeof main === 'string' ? main : '.';
  } catch {
    return '.';
  }
}

function railheadVersion({ tree, below }: ProgramSources): string | undefined {
  const locked = lockedClosure(tree, posix.join(below, 'package.json'), 'railhead');
  const found = [...(locked?.packages ?? [])].find(([path]) => /(^|\/)node_modules\/railhead$/.test(path));
  return found?.[1].split(' ')[0];
}
