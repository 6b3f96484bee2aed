import type { Folder } from './folder.ts';

/**
 * Returns the commands of a manifest by their names: `scripts` of package.json, `tasks` of deno.json. Empty if it cannot be
 * read.
 */
export function scriptsOf(folder: Folder, file: string, member: 'scripts' | 'tasks'): Record<string, string> {
  try {
    const manifest = JSON.parse(folder.text(file) || '{}') as Record<string, unknown> | null;
    const found = manifest?.[member];
    if (typeof found !== 'object' || found === null) return {};
    return Object.fromEntries(
      Object.entries(found).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
  } catch {
    return {}; // The tool that reads the manifest reports the problem.
  }
}
