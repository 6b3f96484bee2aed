import { posix } from 'node:path';
import { toLabel, toUnusedLabel } from '../init/names.ts';

/** A service of a file in a folder. */
interface Described {
  folder: string;
  /** Its name in the file; undefined for a service with the name of the folder. */
  name: string | undefined;
}

/**
 * Returns the name of each service by its path: the folder, and the name in the file. A name in a file holds if no other file
 * has the same. Other services have the name of their folder, with as many folders above it as tell them apart: `apps/api` and
 * `services/api` are `apps-api` and `services-api`.
 *
 * @param used names that no service gets
 */
export function nameServices(services: readonly Described[], used: readonly string[]): Map<string, string> {
  const byPath = new Map(services.map((service) => [pathOf(service), service]));
  const named = [...byPath].flatMap(([path, { name }]) =>
    name === undefined ? [] : [[path, name] as const],
  );
  const fixed = new Map(
    named.filter(([, name]) => named.filter((other) => isSame(other[1], name)).length === 1),
  );
  const others = [...byPath.keys()].filter((path) => !fixed.has(path));
  return new Map([...fixed, ...namePaths(others, [...used, ...fixed.values()])]);
}

export function pathOf({ folder, name }: Described): string {
  return name === undefined ? folder : posix.join(folder, name);
}

const isSame = (one: string, other: string) => toLabel(one) === toLabel(other);

function namePaths(paths: readonly string[], used: readonly string[]): [path: string, name: string][] {
  const taken = new Set(used.map((name) => toLabel(name)));
  return paths.map((path) => {
    const others = paths.filter((other) => other !== path).flatMap(endsOf);
    const ends = endsOf(path);
    const isFree = (end: string) => !taken.has(toLabel(end)) && !others.some((other) => isSame(other, end));
    const name = ends.find(isFree) ?? toUnusedLabel(ends.at(-1) ?? '', taken);
    taken.add(toLabel(name));
    return [path, name];
  });
}

/** `a/b/c` → `c`, `b-c`, `a-b-c` */
function endsOf(path: string): string[] {
  const parts = path.split('/');
  return parts.map((_, index) => parts.slice(-index - 1).join('-'));
}
