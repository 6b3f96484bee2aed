import { basename, dirname, join, posix } from 'node:path';
import { openFolder } from '../../runtimes/folder.ts';
import type { Repository } from '../../init/types.ts';
import { parseManifest } from '../../init/manifest.ts';
import { treeAt, type Tree } from '../../stack/tree.ts';
import { refusedEnvironment, wholeServices } from '../environments.ts';
import { emptyImport, emptyService, type Imported, type ImportedService } from '../facts.ts';
import { say } from '../say.ts';
import { nameServices, pathOf } from '../folder-names.ts';
import { childrenOf, defaulted, placeOnly, type Ledger, type Outcome } from '../ledger.ts';
import { readInto } from '../parse.ts';
import { applyRules, textOf, type Rules } from '../read.ts';
import { iacFile, readIac } from './iac/read-iac.ts';
import { generatedFor } from './generated.ts';
import { readNixpacks } from './nixpacks.ts';
import { readProcfiles } from './procfile.ts';
import { railpackRules } from './railpack.ts';
import { noMap, ofEditor } from '../take.ts';
import { findSite } from './site.ts';
import { commandFolder } from './workspace.ts';
import { findDockerfile, railwayRules, runsInImage, type RailwayService } from './service.ts';

const fileName = /(^|\/)(railway\.(json|toml)|railpack\.json|\.railway\/railway\.ts)$/;

const ofName: Outcome = { kind: 'mapped', to: 'name' };
const ofFolder = defaulted('the service has the name of its folder');

export const isRailwayFile = (file: string) => fileName.test(file);

/** Returns the files of Railway in a repository. */
export function findRailway({ files, exists }: Repository): string[] {
  return [...files.filter(isRailwayFile), ...(exists(iacFile) ? [iacFile] : [])];
}

/** Reads the files of Railway: one for each service, or one with a map of services. */
export async function readRailway(
  repository: Repository,
  files: string[],
  ledger: Ledger,
): Promise<Imported> {
  const imported = { ...emptyImport('Railway'), choosesPort: true };
  const trees: [file: string, tree: Tree][] = [];
  // railway.ts names the services, and what railway.json says about one holds against railpack.json.
  for (const file of files.toSorted(
    (a, b) => rank(a) - rank(b) || a.split('/').length - b.split('/').length,
  )) {
    if (file.endsWith('.ts')) {
      await readIac(imported, file, { root: repository.root, exists: repository.exists, ledger });
      continue;
    }
    const tree = await readInto(imported, repository.root, file);
    if (tree !== undefined) trees.push([file, tree]);
  }
  const names = namesOf(trees, imported, repository);
  const folders = imported.services.map((service) => [service.facts.folder?.value ?? '', service] as const);
  const reading: Reading = { repository, imported, ledger, names, byFolder: new Map(folders.toReversed()) };
  for (const [file, tree] of trees) readFile(file, tree, reading);
  const { root, exists } = repository;
  await readNixpacks({ root, exists, imported, ledger, byFolder: reading.byFolder });
  await readProcfiles({ root, exists, imported, ledger });
  for (const service of wholeServices(imported)) await findSite(service, { root, exists, imported, ledger });
  return imported;
}

const rank = (file: string) => (file.endsWith('.ts') ? -1 : file.endsWith('railpack.json') ? 0 : 1);

interface Reading {
  repository: Repository;
  imported: Imported;
  ledger: Ledger;
  /** The names of the services by their paths. */
  names: ReadonlyMap<string, string>;
  /** The services by the folders of their files. */
  byFolder: Map<string, ImportedService>;
}

function namesOf(
  trees: readonly [file: string, tree: Tree][],
  { services }: Imported,
  repository: Repository,
): Map<string, string> {
  const described = trees.flatMap(([file, tree]) => {
    const folder = dirname(file);
    const map = treeAt(tree, ['services']);
    return map?.kind === 'map'
      ? childrenOf(map).map(([name]) => ({ folder, name }))
      : { folder, name: rootName(folder, repository) };
  });
  // A service of railway.ts in the repository itself can be the one that a file in a folder of its name describes.
  const ofCode = services.filter(({ facts }) => facts.folder !== undefined && facts.folder.value !== '.');
  return nameServices(
    described,
    ofCode.map(({ name }) => name),
  );
}

function readFile(file: string, tree: Tree, reading: Reading): void {
  const { imported, ledger } = reading;
  const folder = dirname(file);
  const rules = rank(file) === 0 ? railpackRules : railwayRules;
  const title = treeAt(tree, ['metadata', 'name']);
  if (title !== undefined) ledger.settle(title, folder === '.' ? ofName : ofFolder);
  const services = treeAt(tree, ['services']);
  if (services?.kind === 'map') {
    if (folder === '.') imported.name ??= textOf(title);
    for (const [name, own] of childrenOf(services))
      if (own.kind === 'map')
        readService(serviceInMap(name, own, folder, reading), own, folder, rules, reading);
      else ledger.settle(own, noMap);
    for (const key of ['$schema', 'version']) {
      const value = treeAt(tree, [key]);
      if (value !== undefined) ledger.settle(value, ofEditor);
    }
    return;
  }
  const name =
    reading.byFolder.get(folder)?.name ??
    nameOf({ folder, name: rootName(folder, reading.repository) }, reading);
  const place = readService(serviceOf(name, tree, reading), tree, folder, rules, reading);
  for (const [environment, own] of childrenOf(treeAt(tree, ['environments']))) {
    const refused = refusedEnvironment(environment);
    if (refused !== undefined) {
      ledger.settle(own, refused);
      continue;
    }
    const service = emptyService(name, own);
    const list = imported.environments.get(environment) ?? [];
    imported.environments.set(environment, [...list, service]);
    applyRules(own, rules, placeOf(service, place.folder, reading), ledger);
  }
}

function serviceInMap(name: string, tree: Tree, folder: string, reading: Reading): ImportedService {
  const own = folderOfService(tree, folder);
  const known = reading.byFolder.get(own);
  return known?.name === name ? known : serviceOf(nameOf({ folder, name }, reading), tree, reading);
}

/** Returns the service of a name; another file may have described a part of it. */
function serviceOf(name: string, from: Tree, { imported }: Reading): ImportedService {
  const known = imported.services.find((service) => service.name === name);
  if (known !== undefined) return known;
  const service = emptyService(name, from);
  imported.services.push(service);
  return service;
}

function readService(
  service: ImportedService,
  tree: Tree,
  folder: string,
  rules: Rules<RailwayService>,
  reading: Reading,
): RailwayService {
  const { ledger, repository, byFolder } = reading;
  const named = folderOfService(tree, folder);
  if (!byFolder.has(named)) byFolder.set(named, service);
  const root = rootOf(tree);
  const isFixed =
    root !== undefined || runsInImage(tree, { service, folder: named, exists: repository.exists });
  const own = isFixed ? named : commandFolder(tree, named, repository.root, ledger);
  const isCode = treeAt(tree, ['image']) === undefined && service.facts.image === undefined;
  if (isCode) say(service, 'folder', own, root ?? placeOnly(tree));
  const place = placeOf(service, own, reading);
  applyRules(tree, rules, place, ledger);
  if (rules === railwayRules) findDockerfile(tree, place);
  return place;
}

const rootOf = (tree: Tree) => treeAt(tree, ['root']) ?? treeAt(tree, ['rootDirectory']);

function folderOfService(tree: Tree, folder: string): string {
  return posix.normalize(posix.join(folder, textOf(rootOf(tree)) ?? '.')).replace(/\/$/, '');
}

function placeOf(service: ImportedService, folder: string, { repository, ledger }: Reading): RailwayService {
  const generated = generatedFor(openFolder(join(repository.root, folder)));
  return { service, folder, exists: repository.exists, ledger, generated };
}

function nameOf(described: Parameters<typeof pathOf>[0], { names }: Reading): string {
  const path = pathOf(described);
  return names.get(path) ?? path;
}

/** Returns the name of a service in the repository itself; undefined for one in a folder. */
function rootName(folder: string, { root, files, text }: Repository): string | undefined {
  if (folder !== '.') return undefined;
  const manifest = files.includes('package.json') ? parseManifest(text('package.json')) : undefined;
  return manifest?.name ?? basename(root);
}
