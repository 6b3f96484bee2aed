import { basename } from 'node:path';
import type { Repository } from '../../init/types.ts';
import type { Tree } from '../../stack/tree.ts';
import { emptyImport, emptyService, type Imported } from '../facts.ts';
import { say } from '../say.ts';
import { childrenOf, placeOnly, type Ledger } from '../ledger.ts';
import { readInto } from '../parse.ts';
import { textOf } from '../read.ts';
import { readApp } from './app.ts';

const names = ['Procfile', 'app.json'];

export function findHeroku({ files }: Repository): string[] {
  return files.includes('Procfile') ? names.filter((name) => files.includes(name)) : [];
}

export const isHerokuFile = (file: string) => basename(file) === 'Procfile';

/** Reads the processes of a Procfile, and what app.json says about them. */
export async function readHeroku(repository: Repository, files: string[], ledger: Ledger): Promise<Imported> {
  const imported = { ...emptyImport('Heroku'), choosesPort: true };
  for (const file of files) {
    const tree = await readInto(imported, repository.root, file);
    if (tree === undefined) continue;
    if (file === 'app.json') readApp(tree, imported, ledger);
    else readProcesses(tree, imported);
  }
  return imported;
}

/** `release` runs before the others start, so it belongs to `web`. */
function readProcesses(tree: Tree, imported: Imported): void {
  const processes = childrenOf(tree);
  for (const [process, from] of processes) {
    const command = textOf(from);
    if (process === 'release' || command === undefined) continue;
    const service = emptyService(process, from);
    say(service, 'folder', '.', placeOnly(from));
    say(service, 'start', command, from);
    // Only this process gets a port.
    service.listens = process === 'web';
    imported.services.push(service);
  }
  const release = processes.find(([process]) => process === 'release')?.[1];
  const owner = imported.services.find(({ name }) => name === 'web') ?? imported.services[0];
  const command = textOf(release);
  if (owner !== undefined && release !== undefined && command !== undefined)
    say(owner, 'preDeploy', [command], release);
}
