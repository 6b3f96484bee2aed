import { posix } from 'node:path';
import type { Tree } from '../../stack/tree.ts';
import { wholeServices } from '../environments.ts';
import type { Imported } from '../facts.ts';
import { say } from '../say.ts';
import { cannot, childrenOf, type Ledger } from '../ledger.ts';
import { readInto } from '../parse.ts';
import { textOf } from '../read.ts';

interface Reading {
  root: string;
  exists: (path: string) => boolean;
  imported: Imported;
  ledger: Ledger;
}

/** Takes the start commands of the services that have none from the Procfile of their folder, as Railpack does. */
export async function readProcfiles({ root, exists, imported, ledger }: Reading): Promise<void> {
  const trees = new Map<string, Tree | undefined>();
  for (const service of wholeServices(imported)) {
    const { folder, start, dockerfile, image } = service.facts;
    if (folder === undefined || (start ?? dockerfile ?? image) !== undefined) continue;
    const file = posix.join(folder.value, 'Procfile');
    if (!exists(file)) continue;
    if (!trees.has(file)) trees.set(file, await readInto(imported, root, file));
    const tree = trees.get(file);
    const processes = childrenOf(tree).filter(([, from]) => textOf(from) !== undefined);
    const [process, from] = startedOf(processes) ?? [];
    if (process === undefined || from === undefined) continue;
    say(service, 'start', textOf(from) ?? '', from);
    if (process === 'web') service.listens ??= true;
    for (const [name, other] of processes)
      if (other !== from) ledger.settle(other, name === 'release' ? ofRelease : notStarted(process));
  }
}

/** Railpack prefers the process `web`, then `worker`, then the first one. */
function startedOf(processes: readonly [string, Tree][]): [string, Tree] | undefined {
  const named = (name: string) => processes.find(([process]) => process === name);
  return named('web') ?? named('worker') ?? processes.find(([process]) => process !== 'release');
}

const ofRelease = cannot(
  'Railway does not run it',
  'add it to `preDeploy` if it has to run before each new version',
);
const notStarted = (process: string) =>
  cannot(
    `Railway starts only the process ${JSON.stringify(process)} of a Procfile`,
    'add a service with this command as `start` if it has to run',
  );
