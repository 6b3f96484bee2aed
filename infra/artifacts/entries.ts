/** Default start command of a source service. */
export const defaultStart = 'node main.js';

interface Commands {
  start?: string | undefined;
  preDeploy?: { command: string[] } | undefined;
}

/**
 * Returns the TypeScript files of a folder to bundle: those that the service's commands run as `node <name>.js`. If
 * there are none, the folder is copied unchanged.
 *
 * @param exists returns whether the folder has a file
 */
export function findEntries(
  { start = defaultStart, preDeploy }: Commands,
  exists: (name: string) => boolean,
): string[] {
  const commands = [start, ...(preDeploy?.command ?? [])];
  const names = commands.flatMap((command) =>
    [...command.matchAll(/\bnode ([\w./-]+)\.js\b/g)].map(([, name]) => `${name}.ts`),
  );
  return [...new Set(names)].filter(exists).toSorted();
}
