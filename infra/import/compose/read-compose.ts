import { posix } from 'node:path';
import type { Repository } from '../../init/types.ts';
import { treeAt, type Tree } from '../../stack/tree.ts';
import { emptyImport, emptyService, type Imported, type ImportedService } from '../facts.ts';
import { isInside } from '../inside.ts';
import { cannot, childrenOf, defaulted, type Ledger, type Mapped } from '../ledger.ts';
import { applyRules, itemsOf, textOf } from '../read.ts';
import { define, noDefinitions, settleDefinitions, type Definitions } from './definitions.ts';
import { readEnvFile } from './env-files.ts';
import { extendService, type ComposeFiles } from './extends.ts';
import { substitute, toTemplate, type Environment } from './interpolate.ts';
import { readMounted } from './mounted.ts';
import { ofNetworks } from './platform.ts';
import { profilesOf, separateProfiles, type Profiled } from './profiles.ts';
import { projectsOf } from './project.ts';
import { serviceRules } from './service.ts';
import { readVolumes } from './volumes.ts';

const names = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'];
const overrideNames = ['compose.override', 'docker-compose.override'].flatMap((name) => [
  `${name}.yml`,
  `${name}.yaml`,
]);

/** Returns the files that `docker compose up` reads in a folder: the first of a standard name, and the first override. */
export function findCompose({ files }: Repository): string[] {
  const [file, override] = [names, overrideNames].map((all) => all.find((name) => files.includes(name)));
  return file === undefined ? [] : [file, ...(override === undefined ? [] : [override])];
}

/** Reads a Compose file of the folder, and merges its overrides, which follow it in `paths`. */
export async function readCompose(root: string, paths: string[], ledger: Ledger): Promise<Imported> {
  const imported = emptyImport('Compose');
  const files: ComposeFiles = { root, imported, trees: new Map(), tags: new Map(), ledger };
  const outcomes = new Map<string, Mapped>();
  const profiled: Profiled[] = [];
  const definitions = noDefinitions();
  const projects = (await projectsOf(paths, files)).map(({ values, folder, ...project }) => {
    const environment: Environment = { values, imported, ledger, folder, outcomes };
    define(definitions, project.tree, environment);
    return { ...project, environment };
  });
  for (const { tree, file, environment } of projects) {
    settleTop(tree, imported, environment);
    for (const [name, service] of childrenOf(treeAt(tree, ['services']))) {
      if (imported.services.some((other) => other.name === name)) ledger.settle(service, twice);
      else {
        const whole = await extendService(service, file, files);
        const read = readService(name, whole, { environment, root, definitions });
        imported.services.push(read);
        profiled.push({ service: read, profiles: profilesOf(whole), environment });
      }
    }
  }
  settleDefinitions(definitions);
  separateProfiles(imported, profiled);
  for (const {
    environment: { values },
  } of projects)
    if (values !== undefined) settleRest(values, ledger);
  return imported;
}

const twice = cannot('another file has a service of this name', 'rename one of them');

interface Reading {
  environment: Environment;
  root: string;
  definitions: Definitions;
}

function readService(name: string, tree: Tree, reading: Reading): ImportedService {
  const { environment, root } = reading;
  const { ledger, imported } = environment;
  const service = emptyService(name, tree);
  applyRules(tree, serviceRules, { service, environment }, ledger);
  const mounts = treeAt(tree, ['volumes']);
  readVolumes(
    mounts?.kind === 'list' ? mounts.items : [],
    (item) => substitute(textOf(item) ?? '', environment),
    service,
    { ...environment, root },
  );
  readMounted(service, tree, reading);
  for (const item of filesOf(treeAt(tree, ['env_file']))) {
    const path = posix.join(environment.folder, substitute(item.path, environment));
    const variables = isInside(path) ? readEnvFile(root, path, imported) : undefined;
    if (variables === undefined) {
      ledger.settle(
        item.from,
        cannot(
          `${path} cannot be read here`,
          'copy it, then import again; or name it as `envFile` if it has no secrets',
        ),
      );
      continue;
    }
    readVariables(service, variables, environment);
    ledger.settle(item.from, defaulted(`the stack file has its variables`));
  }
  readVariables(service, treeAt(tree, ['environment']), environment);
  readBuildArguments(service, treeAt(tree, ['build', 'args']), environment);
  return service;
}

function readVariables(service: ImportedService, tree: Tree | undefined, environment: Environment): void {
  for (const [name, value, from] of pairsOf(tree)) {
    const template = toTemplate(value ?? `\${${name}}`, { name, from }, environment);
    const former = service.variables.get(name)?.from;
    if (former !== undefined && former !== from) service.replaced.push(former);
    service.variables.set(name, { value: template, from });
  }
}

function readBuildArguments(
  service: ImportedService,
  tree: Tree | undefined,
  environment: Environment,
): void {
  for (const [name, value, from] of pairsOf(tree)) {
    const template = toTemplate(value ?? `\${${name}}`, { name, from }, environment);
    service.buildVariables.set(name, { value: template, from });
  }
}

/** Returns the pairs of a map, or of a list of `NAME=value` and maps; without a value where the shell's is passed on. */
function pairsOf(tree: Tree | undefined): [name: string, value: string | undefined, from: Tree][] {
  return childrenOf(tree).flatMap(([key, item]) => {
    if (tree?.kind === 'map') return [[key, textOf(item), item]];
    if (item.kind === 'map') return pairsOf(item);
    const [, name = '', value] = /^([^=]+)(?:=([\s\S]*))?$/.exec(textOf(item) ?? '') ?? [];
    return name === '' ? [] : [[name, value, item]];
  });
}

function filesOf(tree: Tree | undefined): { path: string; from: Tree }[] {
  return itemsOf(tree).map((from) => ({
    path: textOf(from.kind === 'map' ? treeAt(from, ['path']) : from) ?? '',
    from,
  }));
}

function settleRest(values: Tree, ledger: Ledger): void {
  for (const [, leaf] of childrenOf(values)) {
    if (!ledger.isSettled(leaf)) ledger.settle(leaf, defaulted('no service refers to it'));
  }
}

function settleTop(tree: Tree, imported: Imported, environment: Environment): void {
  const { ledger } = environment;
  for (const [key, value] of childrenOf(tree)) {
    if (key.startsWith('x-'))
      ledger.settle(value, defaulted('an extension field: what services take from it is theirs'));
    else if (key === 'version') ledger.settle(value, defaulted('Compose ignores it'));
    else if (key === 'networks') ledger.settle(value, ofNetworks);
    else if (key === 'volumes')
      ledger.settle(value, defaulted('each volume belongs to the service that mounts it'));
    else if (key === 'name') {
      imported.name = substitute(textOf(value) ?? '', environment) || undefined;
      ledger.settle(value, { kind: 'mapped', to: 'name' });
    }
  }
}
