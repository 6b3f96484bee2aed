import type { Repository } from '../../init/types.ts';
import { formatPlace, treeAt, type Tree } from '../../stack/tree.ts';
import { emptyImport, type Imported } from '../facts.ts';
import { cannot, childrenOf, defaulted, leavesOf, type Ledger, type Mapped } from '../ledger.ts';
import { textOf } from '../read.ts';
import { noMap } from '../take.ts';
import { define, noDefinitions, settleDefinitions } from './definitions.ts';
import { extendService, type ComposeFiles } from './extends.ts';
import { ofModels } from './further.ts';
import { foundService, type FoundService } from './found-service.ts';
import { substitute, type Environment } from './interpolate.ts';
import { ofNetworks } from './platform.ts';
import { namedFiles, settleOwnVariables } from './own-variables.ts';
import { separateProfiles } from './profiles.ts';
import { projectsOf } from './project.ts';
import { remainingNeeds, replacedProxies } from './proxy.ts';
import { readService } from './read-service.ts';
import { prefixesIn, readTraefik } from './traefik.ts';
import { remarkUnset } from './unset.ts';

const names = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'];
const overrideNames = ['compose.override', 'docker-compose.override'].flatMap((name) => [
  `${name}.yml`,
  `${name}.yaml`,
]);

/**
 * Returns the files that `docker compose up` reads in a folder: those of COMPOSE_FILE in `.env`, or the first of a standard name and the
 * first override.
 */
export function findCompose({ root, files }: Repository): string[] {
  const named = namedFiles(root);
  if (named.length > 0) return named;
  const [file, override] = [names, overrideNames].map((all) => all.find((name) => files.includes(name)));
  return file === undefined ? [] : [file, ...(override === undefined ? [] : [override])];
}

/** Reads a Compose file of the folder, and merges its overrides, which follow it in `paths`. */
export async function readCompose(root: string, paths: string[], ledger: Ledger): Promise<Imported> {
  const imported = emptyImport('Compose');
  const files: ComposeFiles = {
    root,
    imported,
    trees: new Map(),
    included: new Set(),
    tags: new Map(),
    ledger,
  };
  const outcomes = new Map<string, Mapped>();
  const definitions = noDefinitions();
  const found = await projectsOf(paths, files);
  const hosts = new Set(
    found.flatMap(({ tree }) => childrenOf(treeAt(tree, ['services'])).map(([name]) => name)),
  );
  const projects = found.map(({ values, folder, ...project }) => {
    const environment: Environment = { values, imported, ledger, folder, hosts, outcomes };
    define(definitions, project.tree, environment);
    return { ...project, environment };
  });
  const all: FoundService[] = [];
  for (const { tree, file, environment } of projects) {
    settleTop(tree, imported, environment);
    for (const [name, own] of childrenOf(treeAt(tree, ['services'])))
      if (own.kind !== 'map') ledger.settle(own, noMap);
      else if (all.some((other) => other.name === name)) ledger.settle(own, twice);
      else all.push(foundService(name, await extendService(own, file, files), environment));
  }
  const used = new Set(all.flatMap(({ tree }) => leavesOf(tree)).map(({ place }) => formatPlace(place)));
  for (const { tree } of projects) settleExtensions(tree, used, ledger);
  const replaced = replacedProxies(all, ledger);
  const read = all
    .filter((found) => !replaced.has(found))
    .map((found) => ({ ...found, service: readService(found, { root, definitions }) }));
  for (const { service } of read) service.dependsOn = remainingNeeds(service, replaced, ledger);
  imported.services.push(...read.map(({ service }) => service));
  settleDefinitions(definitions);
  const prefixes = prefixesIn(all.map(({ labels }) => labels));
  readTraefik(read, prefixes, ledger);
  separateProfiles(imported, read);
  for (const { environment } of projects) {
    settleOwnVariables(environment, root, paths);
    settleRest(environment);
  }
  // Without a Compose file that can be read, nothing reads the variables of .env.
  if (projects.length === 0)
    for (const { tree } of imported.files) if (tree !== undefined) ledger.settle(tree, ofNoFile);
  return imported;
}

const ofNoFile = cannot(
  'no Compose file that refers to it can be read',
  'correct the Compose file, then import again',
);
const twice = cannot('another file has a service of this name', 'rename one of them');

const ofExtension = defaulted('no service has this part of an extension field');
const ofUse = defaulted('a field of the services that use it');

/** Settles extension fields. The parts that services use are fields of these services, at the same place. */
function settleExtensions(tree: Tree, used: ReadonlySet<string>, ledger: Ledger): void {
  const extensions = childrenOf(tree).filter(([key]) => key.startsWith('x-'));
  for (const leaf of extensions.flatMap(([, value]) => leavesOf(value)))
    ledger.settleOtherwise(leaf, used.has(formatPlace(leaf.place)) ? ofUse : ofExtension);
}

function settleRest({ values, ledger }: Environment): void {
  if (values !== undefined) ledger.settleOtherwise(values, defaulted('no service refers to it'));
}

function settleTop(tree: Tree, imported: Imported, environment: Environment): void {
  const { ledger } = environment;
  for (const [key, value] of childrenOf(tree)) {
    if (key === 'models') ledger.settle(value, ofModels);
    else if (key === 'networks') ledger.settle(value, ofNetworks);
    else if (key === 'volumes')
      ledger.settle(value, defaulted('each volume belongs to the service that mounts it'));
    else if (key === 'name') {
      remarkUnset(value, environment);
      imported.name = substitute(textOf(value) ?? '', environment) || undefined;
      ledger.settle(value, { kind: 'mapped', to: 'name' });
    }
  }
}
