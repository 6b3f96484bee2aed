import { join, posix } from 'node:path';
import { openFolder } from '../../runtimes/folder.ts';
import { treeAt, type Tree } from '../../stack/tree.ts';
import { wholeServices } from '../environments.ts';
import { emptyService, type Imported, type ImportedService } from '../facts.ts';
import { cannot, childrenOf, defaulted, type Ledger } from '../ledger.ts';
import { readInto } from '../parse.ts';
import { applyRules, itemsOf, settle, textOf, type Rules } from '../read.ts';
import { noteReplaced, say, sayVariable } from '../say.ts';
import { ofContents } from '../take.ts';
import { generatedFor } from './generated.ts';
import { ofCaches, ofCopy, ofImage, ofNode, steps } from './railpack.ts';
import { builderOf, startCommand, variables, type RailwayService } from './service.ts';

interface Reading {
  root: string;
  exists: (path: string) => boolean;
  imported: Imported;
  ledger: Ledger;
  /** The services by the folders of their files. */
  byFolder: ReadonlyMap<string, ImportedService>;
}

const names = ['nixpacks.toml', 'nixpacks.json'];

/** Takes what the services do not say themselves from the configuration of Nixpacks in their folders. */
export async function readNixpacks({ root, exists, imported, ledger, byFolder }: Reading): Promise<void> {
  const trees = new Map<string, Tree | undefined>();
  for (const service of wholeServices(imported)) {
    const { folder, dockerfile, image } = service.facts;
    if (folder === undefined || (dockerfile ?? image) !== undefined) continue;
    const ofFiles = [...byFolder].flatMap(([path, other]) => (other === service ? path : []));
    const files = [folder.value, ...ofFiles].flatMap((path) => names.map((name) => posix.join(path, name)));
    const file = files.find((path) => exists(path));
    if (file === undefined) continue;
    if (!trees.has(file)) trees.set(file, await readInto(imported, root, file));
    const tree = trees.get(file);
    if (tree === undefined) continue;
    if (builderOf(service.from)?.toUpperCase() === 'RAILPACK') {
      ledger.settle(tree, ofRailpack);
      continue;
    }
    const generated = generatedFor(openFolder(join(root, folder.value)));
    const found = emptyService(service.name, tree);
    const place = { service: found, folder: folder.value, exists, ledger, generated };
    applyRules(tree, service.facts.build === undefined ? rules : withoutInstall, place, ledger);
    addTo(service, found);
  }
}

const ofRailpack = defaulted('Railpack builds the service, and does not read this file');

/** Adds what a service does not say itself. */
function addTo(service: ImportedService, { facts, variables }: ImportedService): void {
  for (const name of ['build', 'start'] as const) {
    const [fact, known] = [facts[name], service.facts[name]];
    if (fact === undefined) continue;
    if (known === undefined) say(service, name, fact.value, fact.from);
    else noteReplaced<string>(service, fact, known);
  }
  for (const [name, fact] of variables) {
    const known = service.variables.get(name);
    if (known === undefined) sayVariable(service, 'variables', name, fact);
    else noteReplaced(service, fact, known);
  }
}

/** Takes the commands of all phases in the order in which Nixpacks runs them. */
function phases(tree: Tree, place: RailwayService): undefined {
  const all = childrenOf(tree).filter(([name]) => name !== 'setup');
  const rankOf = ([name, phase]: [string, Tree]) => {
    const needs = itemsOf(treeAt(phase, ['dependsOn'])).map(textOf);
    return name === 'install' ? 0 : name === 'build' ? 2 : needs.includes('build') ? 3 : 1;
  };
  return steps(
    all.toSorted((a, b) => rankOf(a) - rankOf(b)),
    tree,
    place,
  );
}

function packages(tree: Tree, { ledger }: RailwayService): undefined {
  for (const item of itemsOf(tree)) {
    const name = textOf(item) ?? '';
    ledger.settle(item, name === '...' ? ofGenerated : /^nodejs([-_]|$)/.test(name) ? ofNode : ofImage);
  }
}

const ofGenerated = defaulted('the image of the runtime contains the packages that Nixpacks finds itself');
const ofOrder = defaulted('the commands are in this order');
const ofNixpacks = cannot('Nixpacks does not build it', 'write a Dockerfile, or leave it out');

const rules: Rules<RailwayService> = {
  providers: settle(ofContents),
  phases,
  'phases.setup.cmds': settle(ofImage),
  'phases.*.nixPkgs': packages,
  'phases.*.nixLibs': packages,
  'phases.*.aptPkgs': packages,
  'phases.*.nixpkgsArchive': settle(ofNixpacks),
  'phases.*.nixOverlays': settle(ofNixpacks),
  'phases.*.dependsOn': settle(ofOrder),
  'phases.*.cacheDirectories': settle(ofCaches),
  'phases.*.onlyIncludeFiles': settle(ofCopy),
  'phases.*.paths': settle(ofImage),
  buildImage: settle(ofNixpacks),
  staticAssets: settle(ofNixpacks),
  'start.cmd': startCommand,
  'start.runImage': settle(ofNixpacks),
  'start.onlyIncludeFiles': settle(ofCopy),
  variables,
};

/** A declared build takes the place of the phase `build` only. */
const withoutInstall: Rules<RailwayService> = {
  ...rules,
  phases: (tree, { ledger }) => {
    for (const [name, phase] of childrenOf(tree)) {
      const commands = treeAt(phase, ['cmds']);
      if (commands !== undefined && name !== 'setup')
        ledger.settle(commands, name === 'build' ? ofBuild : ofPhase);
    }
    return undefined;
  },
};

const ofBuild = defaulted('another file has the build command, which holds');
const ofPhase = cannot(
  'another file has the build command, which is the whole `build`',
  'write these commands into `build` if the service needs them',
);
