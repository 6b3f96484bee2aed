import { realpathSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

/** The installed packages that npm has a record of. All paths are relative to the project. */
export interface Packages {
  /** Integrity by name. The name of a package is its folder, such as `node_modules/pg/node_modules/pg-types`. */
  integrity: ReadonlyMap<string, string>;
  /** Version by name, of the same packages. */
  versions: ReadonlyMap<string, string>;
  /** Name by real folder: node_modules can be a link to another place, which must not change a hash. */
  names: ReadonlyMap<string, string>;
}

/**
 * Reads npm's records of the installed packages: of the project and of the folders above it, where a workspace has its
 * packages. Without a record, as with pnpm, no package is known, and its files count one by one.
 */
export async function readPackages(root: string): Promise<Packages> {
  const records = await Promise.all(foldersUp(root).map((folder) => readRecord(root, folder)));
  const found = records.flat();
  return {
    integrity: new Map(found.map(({ name, integrity }) => [name, integrity])),
    versions: new Map(found.map(({ name, version }) => [name, version])),
    names: new Map(found.flatMap(({ name, real }) => [[name, name] as const, [real, name] as const])),
  };
}

/** Replaces each path inside an installed package by the name of the package, without duplicates. */
export function byPackage(paths: Iterable<string>, packages: Packages): string[] {
  return [...new Set([...paths].map((path) => packageOf(path, packages) ?? path))];
}

/** Returns the name of the innermost package that contains a path. */
function packageOf(path: string, packages: Packages): string | undefined {
  const name = packages.names.get(path);
  if (name !== undefined || !path.includes('node_modules/')) return name;
  return packageOf(dirname(path), packages);
}

/** A package in npm's record. A linked one has no integrity. */
interface Installed {
  integrity?: string;
  version?: string;
}

async function readRecord(root: string, folder: string) {
  const modules = join(folder, 'node_modules');
  const text = await readFile(join(modules, '.package-lock.json'), 'utf8').catch(() => undefined);
  if (text === undefined) return [];
  const { packages = {} } = JSON.parse(text) as { packages?: Record<string, Installed> };
  const real = dirname(realpathSync(modules));
  return Object.entries(packages).flatMap(([path, { integrity, version = '' }]) => {
    if (integrity === undefined) return [];
    const name = relative(root, join(folder, path));
    return [{ name, real: relative(root, join(real, path)), integrity, version }];
  });
}

/** Returns a folder and all folders above it, the outermost first, so that the record of an inner one wins. */
function foldersUp(folder: string): string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [...foldersUp(above), folder];
}
