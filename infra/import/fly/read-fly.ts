import { basename, dirname, posix } from 'node:path';
import type { Repository } from '../../init/types.ts';
import { treeAt, type Tree } from '../../stack/tree.ts';
import { emptyImport, emptyService, type Imported, type ImportedService } from '../facts.ts';
import { say } from '../say.ts';
import { nameServices, pathOf } from '../folder-names.ts';
import { childrenOf, defaulted, placeOnly, type Ledger } from '../ledger.ts';
import { readInto } from '../parse.ts';
import { applyRules, settle, textOf, type Rules } from '../read.ts';
import { onePlace } from '../take.ts';
import { appRules, metricsRules, process, restartRules } from './app.ts';
import { readCheck } from './checks.ts';
import { fileRules, readFile } from './files.ts';
import { belongsTo, defaultGroup, groupsOf, sectionsOf, sizesOf } from './groups.ts';
import { furtherMountRules, mountRules, readFurtherMount, vmRules, type FlyService } from './machine.ts';
import { readPublic } from './network.ts';

const own = /^fly\.(toml|json|ya?ml)$/;

/** Returns the configuration of each app: the file that `fly deploy` reads in a folder. */
export function findFly({ files }: Repository): string[] {
  return files.filter((file) => own.test(basename(file)));
}

export const isFlyFile = (file: string) => /^fly\.(.+\.)?(toml|json|ya?ml)$/.test(basename(file));

/** Reads apps of Fly: a service for each, or for each of its process groups. */
export async function readFly(repository: Repository, files: string[], ledger: Ledger): Promise<Imported> {
  const imported = emptyImport('Fly');
  const isOne = files.length === 1;
  const apps: { file: string; tree: Tree; described: { folder: string; name: string | undefined } }[] = [];
  for (const file of files) {
    const tree = await readInto(imported, repository.root, file);
    const name = textOf(tree && treeAt(tree, ['app']));
    if (tree !== undefined) apps.push({ file, tree, described: { folder: dirname(file), name } });
  }
  const names = nameServices(
    apps.map(({ described }) => described),
    [],
  );
  for (const { file, tree, described } of apps) {
    const app = names.get(pathOf(described)) ?? '.';
    if (isOne && app !== '.') imported.name = app;
    applyRules(tree, isOne ? { ...topRules, ...ofSystem } : topRules, undefined, ledger);
    const hasGroups = treeAt(tree, ['processes']) !== undefined;
    for (const group of groupsOf(tree)) {
      const name = !hasGroups ? app : isOne ? group : `${app}-${group}`;
      const service = emptyService(name, tree);
      imported.services.push(service);
      const place = { service, ledger, isDefault: group === defaultGroup(tree) };
      applyRules(tree, appRules, place, ledger);
      if (service.facts.image === undefined) findCode(service, tree, dirname(file), repository);
      readGroup(place, tree, group);
      const files = sectionsOf(treeAt(tree, ['files'])).filter((one) => belongsTo(one, group, true));
      for (const section of files) {
        applyRules(section, fileRules, place, ledger);
        readFile(section, place, { root: repository.root, folder: dirname(file) });
      }
    }
  }
  return imported;
}

/** Takes what an app says about one of its process groups. */
function readGroup(place: FlyService, tree: Tree, group: string): void {
  const { ledger, isDefault } = place;
  const command = treeAt(tree, ['processes', group]);
  if (command !== undefined) {
    const outcome = process(command, place);
    if (outcome !== undefined) ledger.settle(command, outcome);
  }
  const sections = (key: string) => sectionsOf(treeAt(tree, [key]));
  const ownSections = (key: string) => sections(key).filter((one) => belongsTo(one, group, isDefault));
  const apply = (found: readonly Tree[], rules: Rules<FlyService>) => {
    for (const section of found) applyRules(section, rules, place, ledger);
  };
  apply(sizesOf(sections('vm'), group), vmRules);
  const mounts = ownSections('mounts');
  apply(mounts.slice(0, 1), mountRules);
  apply(mounts.slice(1), furtherMountRules);
  for (const section of mounts.slice(1)) readFurtherMount(section, place.service);
  apply(ownSections('restart'), restartRules);
  for (const section of ownSections('http_service')) readPublic(section, true, place);
  for (const section of ownSections('services')) readPublic(section, false, place);
  const checks = childrenOf(treeAt(tree, ['checks'])).map(([, check]) => check);
  for (const check of checks.filter((one) => belongsTo(one, group, isDefault))) readCheck(check, place);
  apply(ownSections('metrics'), metricsRules);
}

/** The code is in the folder of the file. Without a builder, its Dockerfile builds it. */
function findCode(
  service: ImportedService,
  tree: Tree,
  folder: string,
  { exists }: Pick<Repository, 'exists'>,
): void {
  say(service, 'folder', folder, placeOnly(tree));
  const isBuilt = ['builder', 'buildpacks', 'builtin', 'dockerfile'].some(
    (key) => treeAt(tree, ['build', key]) !== undefined,
  );
  if (!isBuilt && exists(posix.join(folder, 'Dockerfile')))
    say(service, 'dockerfile', 'Dockerfile', placeOnly(tree));
}

const topRules: Rules<undefined> = {
  app: settle(defaulted('the service has the name of the app')),
  primary_region: settle(onePlace),
  console_command: settle(defaulted('people run it by hand')),
};

const ofSystem: Rules<undefined> = { app: settle({ kind: 'mapped', to: 'name' }) };
