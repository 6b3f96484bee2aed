import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Integrity of each installed package by its folder, such as `node_modules/pg/node_modules/pg-types`. */
export type Packages = ReadonlyMap<string, string>;

/** Reads npm's record of the installed packages; empty if it does not exist. */
export async function readPackages(root: string): Promise<Packages> {
  const record = join(root, 'node_modules', '.package-lock.json');
  const text = await readFile(record, 'utf8').catch(() => '{}');
  const { packages = {} } = JSON.parse(text) as { packages?: Record<string, { integrity?: string }> };
  return new Map(
    Object.entries(packages).flatMap(([folder, { integrity }]) => (integrity ? [[folder, integrity]] : [])),
  );
}

/** Replaces each path inside an installed package by the folder of the package, without duplicates. */
export function byPackage(paths: Iterable<string>, packages: Packages): string[] {
  return [...new Set([...paths].map((path) => packageOf(path, packages) ?? path))];
}

function packageOf(path: string, packages: Packages): string | undefined {
  if (packages.has(path)) return path;
  const folder = /(?:^|\/)(node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
  return folder !== undefined && packages.has(folder) ? folder : undefined;
}
