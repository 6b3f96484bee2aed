import { posix } from 'node:path';
import { foldersUp, type SourceTree } from './source-tree.ts';

interface Manifest {
  folder: string;
  name?: unknown;
  exports?: unknown;
}

/**
 * Returns the source files that an import of the importer's own package means, such as `railhead/gateway` in Railhead. Built
 * files are not in the tree. Undefined if the import names another package.
 */
export function resolveOwnName(tree: SourceTree, importer: string, specifier: string): string[] | undefined {
  const manifest = nearestManifest(tree, posix.dirname(importer));
  if (typeof manifest?.name !== 'string') return undefined;
  const { folder, name, exports } = manifest;
  if (specifier !== name && !specifier.startsWith(`${name}/`)) return undefined;
  const entry = `.${specifier.slice(name.length)}`;
  const target = isRecord(exports) && Object.hasOwn(exports, entry) ? exports[entry] : exports;
  const paths = leaves(target).map((path) => posix.join(folder, path));
  return paths.filter((path) => !path.endsWith('.d.ts') && tree.isFile(path)).slice(0, 1);
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

/** Returns the paths in a value of `exports`, in their order. */
function leaves(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return isRecord(value) ? Object.values(value).flatMap(leaves) : [];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
