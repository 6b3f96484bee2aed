import { posix } from 'node:path';
import { treeAt, type Tree } from '../../stack/tree.ts';
import { dataTypeOf } from '../data-service.ts';
import { emptyService, type ImportedService } from '../facts.ts';
import { sayVariable } from '../say.ts';
import { isInside } from '../inside.ts';
import { cannot, childrenOf, defaulted } from '../ledger.ts';
import { applyRules, itemsOf, textOf } from '../read.ts';
import { isSecretValue } from '../secrets.ts';
import type { Definitions } from './definitions.ts';
import { readEnvFile } from './env-files.ts';
import { substitute, toTemplate, type Environment } from './interpolate.ts';
import type { FoundService } from './found-service.ts';
import { readMounted } from './mounted.ts';
import { pairsOf } from './pairs.ts';
import { takePort } from './ports.ts';
import { serviceRules } from './service.ts';
import { traefikPorts } from './traefik.ts';
import { howToSet, remarkUnset, unsetIn } from './unset.ts';
import { readVolumes } from './volumes.ts';

interface Reading {
  /** Absolute path of the imported folder. */
  root: string;
  definitions: Definitions;
}

/** The fields that say what a service runs. One whose `extends` leads nowhere has a row of its own. */
const runnable = ['image', 'build', 'provider', 'extends'];
const ofNothing = cannot(
  'the service has neither `image` nor `build`, so Compose cannot start it',
  'write one of them, then import again',
);
const ofExtension = defaulted('Compose ignores an extension field of a service');

/** Reads a service of a Compose file. `readTraefik` reads its routes. */
export function readService(
  { name, tree, environment, labels }: FoundService,
  { root, definitions }: Reading,
): ImportedService {
  const { ledger, imported } = environment;
  const service = emptyService(name, tree);
  if (!runnable.some((key) => treeAt(tree, [key]) !== undefined)) {
    ledger.settle(tree, ofNothing);
    return service;
  }
  // The port to which Traefik sends requests is the main one.
  for (const { port, from } of traefikPorts(labels).values()) {
    const outcome = takePort({ target: port, published: undefined, from }, { service, environment });
    if (outcome !== undefined) ledger.settle(from, outcome);
  }
  applyRules(tree, serviceRules, { service, environment }, ledger);
  // A data service has passwords of its own.
  const isData = dataTypeOf(service) !== undefined;
  remarkUnset(tree, environment, (unset) => !isData || !isSecretValue(unset, 'text'));
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
    const text = value ?? `\${${name}}`;
    const unset = unsetIn(text, environment);
    if (unset.length > 0 && ![name, ...unset].some((one) => isSecretValue(one, 'text'))) {
      environment.ledger.settle(
        from,
        cannot(`no file sets ${unset.join(', ')}`, howToSet(unset, environment)),
      );
      continue;
    }
    const template = toTemplate(text, { name, from }, environment);
    service.buildVariables.set(name, { value: template, from });
  }
}

function filesOf(tree: Tree | undefined): { path: string; from: Tree }[] {
  return itemsOf(tree).map((from) => ({
    path: textOf(from.kind === 'map' ? treeAt(from, ['path']) : from) ?? '',
    from,
  }));
}
