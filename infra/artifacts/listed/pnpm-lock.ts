import { posix } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import { describePackage } from '../describe.ts';
import type { Locked, Lockfile } from './locked.ts';
import { foldersUp } from './source-tree.ts';

const versions = z.record(z.string(), z.union([z.string(), z.object({ version: z.string() })])).optional();

const entry = z.object({
  resolution: z.object({ integrity: z.string().optional() }).optional(),
  dependencies: versions,
  optionalDependencies: versions,
  devDependencies: versions,
});

type Entry = z.infer<typeof entry>;

const lockfile = z.object({
  /** The folders with a package.json. */
  importers: z.record(z.string(), entry),
  packages: z.record(z.string(), entry),
  /** What each package depends on, since version 9 of the format. */
  snapshots: z.record(z.string(), entry.nullable()).default({}),
});

/** A package as a folder depends on it: `{ from: 'apps/shop', name: 'pg', version: '8.16.3(pg-native@3)' }`. */
interface Use {
  from: string;
  name: string;
  version: string;
}

/** Reads a pnpm-lock.yaml of version 6 or newer. Undefined if it is older or not valid. */
export function readPnpmLock(folder: string, text: string): Lockfile | undefined {
  const document = documentOf(text);
  if (document === undefined) return undefined;
  const { importers, packages, snapshots } = document;
  return {
    closure(importer, name) {
      const first = foldersUp(posix.dirname(posix.relative(folder, importer)))
        .flatMap((from) => usesOf(from, importers[from]))
        .find((use) => use.name === name);
      if (first === undefined) return undefined;
      const found: Locked = { packages: new Map(), folders: new Set() };
      const seen = new Set<string>();
      const open = [first];
      for (let use = open.pop(); use !== undefined; use = open.pop()) {
        const { from, name, version } = use;
        const linked = linkedFolder(use);
        const key = linked ?? `${name}@${version}`;
        if (seen.has(key)) continue;
        seen.add(key);
        if (linked !== undefined) {
          found.folders.add(posix.join(folder, linked));
          open.push(...usesOf(linked, importers[linked]));
          continue;
        }
        const plain = version.replace(/\(.*$/, '');
        const own = packages[`${name}@${plain}`] ?? packages[`/${key}`];
        const path = posix.join(folder, 'node_modules', name);
        add(found, path, describePackage(plain, own?.resolution?.integrity ?? ''));
        open.push(...usesOf(from, snapshots[key] ?? own));
      }
      return found;
    },
  };
}

/** Adds a package. Several versions of it are listed together. */
function add({ packages }: Locked, path: string, described: string): void {
  const known = packages.get(path)?.split(', ') ?? [];
  packages.set(path, [...new Set([...known, described])].toSorted().join(', '));
}

function documentOf(text: string): z.infer<typeof lockfile> | undefined {
  try {
    return lockfile.parse(parse(text, { logLevel: 'error' }));
  } catch {
    return undefined;
  }
}

function linkedFolder({ from, version }: Use): string | undefined {
  const link = 'link:';
  return version.startsWith(link) ? posix.join(from, version.slice(link.length)) : undefined;
}

function usesOf(from: string, entry: Entry | undefined): Use[] {
  const lists = [entry?.dependencies, entry?.optionalDependencies, entry?.devDependencies];
  return lists.flatMap((list) =>
    Object.entries(list ?? {}).map(([name, value]) => ({
      from,
      name,
      version: typeof value === 'string' ? value : value.version,
    })),
  );
}
