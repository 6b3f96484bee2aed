import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Default start command of a source service. */
export const defaultStart = 'node main.js';

interface Commands {
  start?: string | undefined;
  preDeploy?: { command: string[] } | undefined;
}

/**
 * Returns the TypeScript files of `folder` to bundle: those that the service's commands run as `node <name>.js`. If
 * there are none, the folder is copied unchanged.
 */
export function findEntries(folder: string, { start = defaultStart, preDeploy }: Commands): string[] {
  const commands = [start, ...(preDeploy?.command ?? [])];
  const names = commands.flatMap((command) =>
    [...command.matchAll(/\bnode ([\w./-]+)\.js\b/g)].map(([, name]) => `${name}.ts`),
  );
  return [...new Set(names)].filter((name) => existsSync(join(folder, name))).toSorted();
}
