import { posix } from 'node:path';
import { treeAt, type Tree } from '../../stack/tree.ts';
import { emptyService, type ImportedService } from '../facts.ts';
import { sayVariable } from '../say.ts';
import { isInside } from '../inside.ts';
import { cannot, childrenOf, defaulted } from '../ledger.ts';
import { applyRules, itemsOf, textOf } from '../read.ts';
import type { Definitions } from './definitions.ts';
import { readEnvFile } from './env-files.ts';
import { substitute, toTemplate, type Environment } from './interpolate.ts';
import type { FoundService } from './found-service.ts';
import { readMounted } from './mounted.ts';
import { pairsOf } from './pairs.ts';
import { takePort } from './ports.ts';
import { serviceRules } from './service.ts';
import { traefikPorts } from './traefik.ts';
import { readVolumes } from './volumes.ts';

interface Reading {
  /** Absolute path of the imported folder. */
  root: string;
  definitions: Definitions;
}

const ofExtension = defaulted('Compose ignores an extension field of a service');

/** Reads a service of a Compose file. `readTraefik` reads its routes. */
export function readService(
  { name, tree, environment, labels }: FoundService,
  { root, definitions }: Reading,
): ImportedService {
  const { ledger, imported } = environment;
  const service = emptyService(name, tree);
  // The port to which Traefik sends requests is the main one.
  for (const { port, from } of traefikPorts(labels).values()) {
    const outcome = takePort({ target: port, published: undefined, from }, { service, environment });
    if (outcome !== undefined) ledger.settle(from, outcome);
  }
  applyRules(tree, serviceRules, { service, environment }, ledger);
  for (const [key, value] of childrenOf(tree))
    if (key.startsWith('x-')) ledger.settleOtherwise(value, ofExtension);
  const mounts = treeAt(tree, ['volumes']);
  readVolumes(
    mounts?.kind === 'list' ? mounts.items : [],
    (item) => substitute(textOf(item) ?? '', environment),
    service,
    { ...environment, root },
  );
  readMounted(service, tree, { root, definitions, environment });
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
    readVariables(service, variables, { ...environment, former: service.variables });
    ledger.settle(item.from, defaulted(`the stack file has its variables`));
  }
  readVariables(service, treeAt(tree, ['environment']), environment);
  readBuildArguments(service, treeAt(tree, ['build', 'args']), environment);
  return service;
}

function readVariables(service: ImportedService, tree: Tree | undefined, environment: Environment): void {
  for (const [name, value, from] of pairsOf(tree)) {
    const template = toTemplate(value ?? `\${${name}}`, { name, from }, environment);
    sayVariable(service, 'variables', name, { value: template, from });
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

function filesOf(tree: Tree | undefined): { path: string; from: Tree }[] {
  return itemsOf(tree).map((from) => ({
    path: textOf(from.kind === 'map' ? treeAt(from, ['path']) : from) ?? '',
    from,
  }));
}
