import { posix } from 'node:path';
import * as z from 'zod';
import { describePackage } from '../describe.ts';
import type { Locked, Lockfile } from './locked.ts';

const names = z.record(z.string(), z.unknown()).optional();

const entry = z.object({
  version: z.string().optional(),
  integrity: z.string().optional(),
  resolved: z.string().optional(),
  link: z.boolean().optional(),
  dependencies: names,
  optionalDependencies: names,
  peerDependencies: names,
});

type Entry = z.infer<typeof entry>;

const lockfile = z.object({ packages: z.record(z.string(), entry) });

/** Reads a package-lock.json of npm 7 or newer. Undefined if it is older or not valid. */
export function readNpmLock(folder: string, text: string): Lockfile | undefined {
  const packages = entriesOf(text);
  if (packages === undefined) return undefined;
  return {
    closure(importer, name) {
      const found: Locked = { packages: new Map(), folders: new Set() };
      const first = find(packages, posix.relative(folder, importer), name);
      if (first === undefined) return undefined;
      const open = [first];
      const seen = new Set(open);
      for (let path = open.pop(); path !== undefined; path = open.pop()) {
        const entry = packages.get(path)!;
        if (entry.link === true && entry.resolved !== undefined) {
          found.folders.add(posix.join(folder, entry.resolved));
        } else {
          const id = entry.integrity ?? entry.resolved ?? '';
          found.packages.set(posix.join(folder, path), describePackage(entry.version, id));
        }
        const place = (entry.link === true ? entry.resolved : undefined) ?? path;
        for (const dependency of dependenciesOf(packages.get(place) ?? entry)) {
          const next = find(packages, `${place}/x`, dependency);
          if (next === undefined || seen.has(next)) continue;
          seen.add(next);
          open.push(next);
        }
      }
      return found;
    },
  };
}

function entriesOf(text: string): ReadonlyMap<string, Entry> | undefined {
  try {
    return new Map(Object.entries(lockfile.parse(JSON.parse(text)).packages));
  } catch {
    return undefined;
  }
}

function dependenciesOf({ dependencies, optionalDependencies, peerDependencies }: Entry): string[] {
  return [dependencies, optionalDependencies, peerDependencies].flatMap((names) => Object.keys(names ?? {}));
}

/** Returns the package that Node finds for an import: in the nearest node_modules above the importer. */
function find(packages: ReadonlyMap<string, Entry>, importer: string, name: string): string | undefined {
  for (let folder = posix.dirname(importer); ; folder = posix.dirname(folder)) {
    const path = posix.join(folder, 'node_modules', name);
    if (packages.has(path)) return path;
    if (folder === '.' || folder === '..' || folder === '/') return undefined;
  }
}
