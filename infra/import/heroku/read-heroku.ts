import { basename } from 'node:path';
import type { Repository } from '../../init/types.ts';
import { treeAt, type Tree } from '../../stack/tree.ts';
import { emptyImport, emptyService, say, type Imported, type ImportedService } from '../facts.ts';
import { cannot, childrenOf, defaulted, placeOnly, type Ledger } from '../ledger.ts';
import { readInto } from '../parse.ts';
import { applyRules, numberOf, textOf, type Rules } from '../read.ts';
import { toSecretName } from '../secrets.ts';
import { ofContents, ofEditor } from '../take.ts';

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
    if (file === 'app.json') applyRules(tree, appRules, imported, ledger);
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
    imported.services.push(service);
  }
  const release = processes.find(([process]) => process === 'release')?.[1];
  const owner = imported.services.find(({ name }) => name === 'web') ?? imported.services[0];
  const command = textOf(release);
  if (owner !== undefined && release !== undefined && command !== undefined)
    say(owner, 'preDeploy', [command], release);
}

const ofPlatform = cannot('only Heroku has it', 'leave it out');

/** The fields of app.json. Its variables are those of every process. */
const appRules: Rules<Imported> = {
  $schema: () => ofEditor,
  name: () => defaulted('the package or the folder names the system'),
  description: () => defaulted('people read it'),
  keywords: () => defaulted('people read it'),
  repository: () => defaulted('people read it'),
  website: () => defaulted('people read it'),
  logo: () => defaulted('people read it'),
  stack: () => defaulted('services run on images.node, or on the image of their Dockerfile'),
  buildpacks: () => ofContents,
  addons: () =>
    cannot(
      'add-ons are not created',
      'add a data service, such as `postgres: { type: postgres }`, and refer to it',
    ),
  success_url: () => ofPlatform,
  'formation.*.size': () => cannot('a size of Heroku has no counterpart', 'write `resources`'),
  formation: (tree, { services }) => {
    for (const [process, value] of childrenOf(tree))
      readQuantity(
        treeAt(value, ['quantity']),
        services.find(({ name }) => name === process),
      );
    return undefined;
  },
  env: (tree, { services, secrets }) => {
    for (const [name, entry] of childrenOf(tree)) {
      const from = entry.kind === 'map' ? (treeAt(entry, ['value']) ?? placeOnly(entry)) : entry;
      const value = textOf(from);
      const secret = toSecretName(name);
      if (value === undefined) secrets.set(secret, undefined);
      for (const { variables } of services)
        variables.set(name, { value: value ?? `\${{secret.${secret}}}`, from });
    }
    return undefined;
  },
  'env.*.description': () => defaulted('people read it'),
  'env.*.required': () => defaulted('every secret that is referred to is required'),
  'env.*.generator': () => defaulted('`secrets set` can make a random value'),
};

function readQuantity(tree: Tree | undefined, service: ImportedService | undefined): void {
  const number = numberOf(tree);
  if (tree !== undefined && service !== undefined && number !== undefined && number > 0)
    say(service, 'replicas', number, tree);
}
