import type { Folder } from './folder.ts';

/** Returns a manifest of JSON; empty if there is none, or if it cannot be read: its tool reports the problem. */
export function manifestOf(folder: Folder, file = 'package.json'): Record<string, unknown> {
  try {
    const manifest: unknown = JSON.parse(folder.text(file) || '{}');
    return typeof manifest === 'object' && manifest !== null ? (manifest as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** Returns the commands of a manifest by their names: `scripts` of package.json, `tasks` of deno.json. */
export function scriptsOf(folder: Folder, file: string, member: 'scripts' | 'tasks'): Record<string, string> {
  const found = manifestOf(folder, file)[member];
  if (typeof found !== 'object' || found === null) return {};
  return Object.fromEntries(
    Object.entries(found).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** Returns the names of the packages that a package.json declares, for the service or also for its build. */
export function dependenciesOf(folder: Folder, members = ['dependencies', 'devDependencies']): Set<string> {
  const manifest = manifestOf(folder);
  return new Set(members.flatMap((member) => Object.keys(manifest[member] ?? {})));
}
