import { basename } from 'node:path';
import { railheadCommand } from '../../common/commands.ts';
import type { Repository } from '../../init/types.ts';
import { treeAt, type Tree } from '../../stack/tree.ts';
import { emptyImport, emptyService, type Imported } from '../facts.ts';
import { say } from '../say.ts';
import { cannot, childrenOf, defaulted, placeOnly, type Ledger } from '../ledger.ts';
import { readInto } from '../parse.ts';
import { applyRules, settle, textOf, type Rules } from '../read.ts';
import { noMap, ofEditor, ofPullRequests } from '../take.ts';
import { databaseRules } from './database.ts';
import { takeOwnPort } from './own-port.ts';
import { pathsOf, serviceRules, typeOf, type RenderService } from './service.ts';
import { readVariables, type Groups } from './variables.ts';

export const renderNames = ['render.yaml', 'render.yml'];

export const isRenderFile = (file: string) => renderNames.includes(basename(file));

/** Reads a blueprint: services, databases and groups of variables, also those of the first environment of its projects. */
export async function readRender(
  repository: Repository,
  [file = '']: string[],
  ledger: Ledger,
): Promise<Imported> {
  const imported = { ...emptyImport('Render'), choosesPort: true };
  const tree = await readInto(imported, repository.root, file);
  if (tree === undefined) return imported;
  const parts = partsOf(tree, ledger);
  for (const part of parts) applyRules(part, topRules, undefined, ledger);
  const groups: Groups = new Map(
    itemsBelow(parts, 'envVarGroups').map((group) => [nameOf(group) ?? '', group]),
  );
  for (const from of mapsBelow(parts, 'databases', ledger)) {
    const service = emptyService(nameOf(from) ?? 'database', from);
    say(service, 'image', 'postgres', placeOnly(from));
    applyRules(from, databaseRules, { service }, ledger);
    imported.services.push(service);
  }
  for (const from of mapsBelow(parts, 'services', ledger)) {
    const service = emptyService(nameOf(from) ?? typeOf(from), from);
    if (imported.services.some(({ name }) => name === service.name)) {
      ledger.settle(from, ofSameName);
      continue;
    }
    const place: RenderService = { service, type: typeOf(from), ledger };
    pathsOf(from, place);
    applyRules(from, serviceRules, place, ledger);
    imported.services.push(service);
  }
  for (const service of imported.services) {
    readVariables(service, treeAt(service.from, ['envVars']), { imported, groups, ledger });
    takeOwnPort(service);
  }
  for (const group of groups.values()) settleGroup(group, ledger);
  return imported;
}

const nameOf = (tree: Tree) => textOf(treeAt(tree, ['name']));

function itemsBelow(parts: readonly Tree[], key: string): Tree[] {
  return parts.flatMap((part) => childrenOf(treeAt(part, [key])).map(([, item]) => item));
}

/** Returns the services of a list. An item that is no map is none. */
function mapsBelow(parts: readonly Tree[], key: string, ledger: Ledger): Tree[] {
  const items = itemsBelow(parts, key);
  for (const item of items) if (item.kind !== 'map') ledger.settle(item, noMap);
  return items.filter(({ kind }) => kind === 'map');
}

const ofSameName = cannot('another service has the same name', 'rename it, then import again');
const ofGroupName = defaulted('services have the variables of a group, without its name');
const ofNetwork = defaulted('each environment has a network of its own');
const ofPeople = cannot(
  'a stack file does not say who can update an environment',
  'restrict updates in your pipeline',
);

/** The fields of a blueprint, and of an environment of a project. */
const topRules: Rules<undefined> = {
  version: settle(ofEditor),
  name: settle(defaulted('commands name the environment')),
  'envVarGroups.*.name': settle(ofGroupName),
  previews: settle(ofPullRequests),
  previewsEnabled: settle(ofPullRequests),
  previewsExpireAfterDays: settle(ofPullRequests),
  'projects.*.name': settle(defaulted('the package or the folder names the system')),
  networkIsolation: settle(ofNetwork),
  networking: settle(ofNetwork),
  protectedStatus: settle(ofPeople),
  permissions: settle(ofPeople),
};

/** Returns the maps that list services: the file, `ungrouped`, and the first environment of the projects. */
function partsOf(tree: Tree, ledger: Ledger): Tree[] {
  const projects = childrenOf(treeAt(tree, ['projects']));
  const environments = projects.flatMap(([, project]) => childrenOf(treeAt(project, ['environments'])));
  const [first, ...others] = environments.map(([, environment]) => environment);
  for (const other of others) {
    const name = textOf(treeAt(other, ['name'])) ?? 'staging';
    const add = railheadCommand(undefined, 'env', 'add', name, '--from', 'dev');
    const next = `run \`${add}\` and write what differs into its overlay`;
    ledger.settle(other, cannot('a stack file describes one environment', next));
  }
  const ungrouped = treeAt(tree, ['ungrouped']);
  return [tree, ...(ungrouped === undefined ? [] : [ungrouped]), ...(first === undefined ? [] : [first])];
}

function settleGroup(group: Tree, ledger: Ledger): void {
  const entries = treeAt(group, ['envVars']);
  if (entries !== undefined)
    ledger.settleOtherwise(entries, defaulted('no service has the variables of this group'));
}
