import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import { scanImports, type Imports } from './imports.ts';
import type { Locked } from './locked.ts';
import { lockedClosure } from './lockfile.ts';
import { resolveOwnName } from './own-name.ts';
import { resolveRelative } from './resolve.ts';
import { foldersUp, type SourceTree } from './source-tree.ts';

/** What an import adds to a bundle. */
interface Added extends Partial<Locked> {
  files?: string[];
}

/** Modules that are longer are not searched for imports. */
const maxModule = 1024 * 1024;

/**
 * Lists the files and packages of a bundle: what the entries import, directly or through other modules, and the folder
 * `public`. Where that cannot be known without a bundler, every file of the service's folder counts.
 */
export function listBundle(
  tree: SourceTree,
  folder: string,
  entries: string[],
): { files: string[]; packages: Map<string, string> } {
  const files = new Set(entries.map((entry) => posix.join(folder, entry)));
  const packages = new Map<string, string>();
  const folders = new Set([posix.join(folder, 'public')]);
  if (hasAliases(tree, folder)) folders.add(folder);
  // A loop over a set includes what is added meanwhile.
  for (const file of files) {
    const { specifiers, computed } = importsOf(tree, file);
    if (computed) folders.add(folder);
    for (const specifier of specifiers) {
      const added = resolveImport(tree, file, specifier) ?? { folders: new Set([folder]) };
      for (const path of added.files ?? []) files.add(path);
      for (const [name, version] of added.packages ?? []) packages.set(name, version);
      for (const path of added.folders ?? []) folders.add(path);
    }
  }
  for (const path of folders) for (const file of tree.files(path)) files.add(file);
  return { files: [...files], packages };
}

/** Returns what an import adds; undefined if its meaning is not known. */
function resolveImport(tree: SourceTree, importer: string, specifier: string): Added | undefined {
  if (isBuiltin(specifier)) return {};
  if (/^\.\.?(\/|$)/.test(specifier)) {
    const file = resolveRelative(tree, importer, specifier);
    return file === undefined ? undefined : { files: [file] };
  }
  const own = resolveOwnName(tree, importer, specifier);
  if (own !== undefined) return own;
  const name = /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0];
  return name === undefined ? undefined : lockedClosure(tree, importer, name);
}

/** Returns what a file imports; nothing if it is no module. */
export function importsOf(tree: SourceTree, file: string): Imports {
  const none = { specifiers: [], computed: false };
  if (!/\.[cm]?[jt]sx?$/.test(file)) return none;
  return tree.memo(`imports ${file}`, () => {
    const text = tree.text(file) ?? '';
    return text.length > maxModule ? none : scanImports(text);
  });
}

/** Returns whether a tsconfig.json above the folder gives names to folders, which are resolved by a bundler only. */
function hasAliases(tree: SourceTree, folder: string): boolean {
  return foldersUp(folder).some((above) =>
    /"(?:paths|baseUrl)"\s*:/.test(tree.text(posix.join(above, 'tsconfig.json')) ?? ''),
  );
}
