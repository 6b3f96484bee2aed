import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Start command of a source service that names none. */
export const defaultStart = 'node main.js';

interface Commands {
  start?: string | undefined;
  preDeploy?: { command: string[] } | undefined;
}

/**
 * TypeScript files of `folder` to bundle: those that the service's commands call as `node <name>.js`.
 * None means that the folder is not a Node service and is taken as it is.
 */
export function findEntries(folder: string, { start = defaultStart, preDeploy }: Commands): string[] {
  const commands = [start, ...(preDeploy?.command ?? [])];
  const names = commands.flatMap((command) =>
    [...command.matchAll(/\bnode ([\w./-]+)\.js\b/g)].map(([, name]) => `${name}.ts`),
  );
  return [...new Set(names)].filter((name) => existsSync(join(folder, name))).toSorted();
}
