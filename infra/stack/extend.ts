import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, resolve, join, isAbsolute, relative } from 'node:path';
import { parseDocument } from './document.ts';
import { envFilePaths } from './env-file.ts';
import { suggest } from './nearest.ts';
import { StackError, type Problem } from './problem.ts';
import { readSource } from './source.ts';
import { filesRootOf, mountedFilePath } from './root.ts';
import { servicesIn } from './services-tree.ts';
import { treeAt, type Path, type Place, type Tree } from './tree.ts';

/**
 * Reads a stack file and merges it over the files that it extends: maps merge, lists and scalars replace, `null`
 * removes. Throws StackError.
 *
 * @param within absolute path of a repository, outside of which no file is read
 * @param above the files that extend this file, outermost first
 */
export function readExtended(file: string, within = '/', above: string[] = []): Tree {
  return extend(parseDocument(readSource(file), file), {
    file,
    within,
    chain: [...above, realpathSync(file)],
  });
}

/** Like `readExtended`, for a file with this text, which need not exist. */
export function parseExtended(text: string, file: string): Tree {
  return extend(parseDocument(text, file), { file, within: '/', chain: [resolve(file)] });
}

interface Chain {
  /** The file of the tree, relative to the current folder. */
  file: string;
  within: string;
  /** Absolute paths of the file and of those that extend it, outermost first. */
  chain: string[];
}

function extend(tree: Tree, { file, within, chain }: Chain): Tree {
  if (tree.kind !== 'map') {
    throw problemAt(tree.place, '', 'a stack file is a map with at least "name" and "services"');
  }
  const base = tree.entries.get('extends')?.value;
  if (base === undefined) {
    return tree;
  }
  const baseTree = readExtended(baseFile(file, base, within, chain), within, chain);
  tree.entries.delete('extends');
  const problems: Problem[] = [];
  const merged = merge(baseTree, tree, [], problems);
  if (problems.length > 0) {
    throw new StackError(problems);
  }
  return merged;
}

/**
 * Returns the paths of a stack file, of the files that it extends, and of those that its services mount or read variables from,
 * relative to the current folder like `file`. Throws StackError.
 */
export function stackFiles(file: string, above: string[] = []): string[] {
  const tree = parseDocument(readSource(file), file);
  const base = tree.kind === 'map' ? tree.entries.get('extends')?.value : undefined;
  const sources = [...mountedSources(tree), ...envFilePaths(tree, filesRootOf(file))];
  const own = [file, ...sources.map((source) => mountedFilePath(file, source))];
  if (base === undefined) return own;
  const chain = [...above, realpathSync(file)];
  return [...new Set([...own, ...stackFiles(baseFile(file, base, '/', chain), chain)])];
}

function mountedSources(tree: Tree): string[] {
  return servicesIn(tree).flatMap(([, service]) => {
    const files = treeAt(service, ['files']);
    const items = files?.kind === 'list' ? files.items : [];
    return items.flatMap((item) => {
      const source = treeAt(item, ['source']);
      return source?.kind === 'scalar' && typeof source.value === 'string' ? [source.value] : [];
    });
  });
}

/** Returns the texts of a stack file and of the files that it extends. Throws StackError. */
export function stackTexts(file: string): string[] {
  return stackFiles(file).map((name) => readSource(name));
}

/** Returns the path of the extended file, relative to the current folder like `file`. */
function baseFile(file: string, base: Tree, within: string, chain: string[]): string {
  if (base.kind !== 'scalar' || typeof base.value !== 'string' || base.value === '') {
    throw problemAt(base.place, 'extends', 'must be the path of a stack file, relative to this one');
  }
  const path = isAbsolute(base.value) ? base.value : join(dirname(file), base.value);
  const quoted = JSON.stringify(base.value);
  if (!isInside(within, path))
    throw problemAt(base.place, 'extends', `${quoted} is outside of the repository`);
  if (path.includes('\0') || !existsSync(path)) {
    throw problemAt(base.place, 'extends', `${quoted} does not exist in ${dirname(resolve(file))}`);
  }
  const start = chain.indexOf(realpathSync(path));
  if (start !== -1) {
    const circle = [...chain.slice(start), realpathSync(path)].map((name) => basename(name));
    throw problemAt(base.place, 'extends', `${quoted} forms a cycle: ${circle.join(' -> ')}`);
  }
  return path;
}

function isInside(folder: string, path: string): boolean {
  return !/^\.\.(\/|$)/.test(relative(folder, resolve(path)));
}

/** Merges `over` over `base`. Reports a `null` for a key that `base` does not have, since the key may be misspelt. */
function merge(base: Tree, over: Tree, path: Path, problems: Problem[]): Tree {
  if (base.kind !== 'map' || over.kind !== 'map') {
    return over;
  }
  const entries = new Map(base.entries);
  for (const [name, { key, value }] of over.entries) {
    const inner = [...path, name];
    const below = base.entries.get(name)?.value;
    if (value.kind !== 'scalar' || value.value !== null) {
      entries.set(name, { key, value: below === undefined ? value : merge(below, value, inner, problems) });
    } else if (!entries.delete(name)) {
      const message = `there is nothing to remove in ${base.place.file}; ${suggest(name, base.entries.keys())}`;
      problems.push({ ...key, path: inner.join('.'), message });
    }
  }
  return { kind: 'map', place: over.place, entries };
}

function problemAt(place: Place, path: string, message: string): StackError {
  return new StackError([{ ...place, path, message }]);
}
