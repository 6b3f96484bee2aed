import { posix } from 'node:path';
import { foldersUp, type SourceTree } from './source-tree.ts';

/** What an import adds to a bundle: files, or all files of folders. */
interface Added {
  files?: string[];
  folders?: Set<string>;
}

interface Manifest {
  folder: string;
  name?: unknown;
  exports?: unknown;
}

/**
 * Returns the source files that an import of the importer's own package can mean, such as `railhead/gateway` in Railhead: all
 * that its entry in `exports` names, or the whole folder if a pattern or no entry matches, or if the entry names built files
 * only, which are not in the tree. Undefined if the import names another package.
 */
export function resolveOwnName(tree: SourceTree, importer: string, specifier: string): Added | undefined {
  const manifest = nearestManifest(tree, posix.dirname(importer));
  if (typeof manifest?.name !== 'string') return undefined;
  const { folder, name, exports } = manifest;
  if (specifier !== name && !specifier.startsWith(`${name}/`)) return undefined;
  const entry = `.${specifier.slice(name.length)}`;
  const files = leaves(entryOf(exports, entry))
    .map((path) => posix.join(folder, path))
    .filter((path) => !path.endsWith('.d.ts') && tree.isFile(path));
  return files.length > 0 ? { files } : { folders: new Set([folder]) };
}

function nearestManifest(tree: SourceTree, from: string): Manifest | undefined {
  const folder = foldersUp(from).find((candidate) => tree.isFile(posix.join(candidate, 'package.json')));
  if (folder === undefined) return undefined;
  return tree.memo(`manifest ${folder}`, () => {
    try {
      const found: unknown = JSON.parse(tree.text(posix.join(folder, 'package.json')) ?? '');
      return isRecord(found) ? { name: found.name, exports: found.exports, folder } : undefined;
    } catch {
      return undefined;
    }
  });
}

/** Returns the value of an entry; without names of entries, `exports` is that of the package itself. */
function entryOf(exports: unknown, entry: string): unknown {
  if (isRecord(exports) && Object.hasOwn(exports, entry)) return exports[entry];
  const hasEntries = isRecord(exports) && Object.keys(exports).some((name) => name.startsWith('.'));
  return entry === '.' && !hasEntries ? exports : undefined;
}

/** Returns the paths in a value of `exports`, in their order. */
function leaves(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return isRecord(value) ? Object.values(value).flatMap(leaves) : [];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
