import { posix } from 'node:path';
import { treeAt, type Tree } from '../../stack/tree.ts';
import type { ImportedService } from '../facts.ts';
import { isFile } from '../inside.ts';
import { cannot, type Ledger } from '../ledger.ts';
import { modeOutcome } from '../mounted-files.ts';
import { itemsOf, textOf } from '../read.ts';
import { toSecretName } from '../secrets.ts';
import { fileOf, type DefinedKind, type Definition, type Definitions } from './definitions.ts';
import { secretFor, substitute, toTemplate, type Environment } from './interpolate.ts';

interface Mounting {
  definitions: Definitions;
  environment: Environment;
  /** Absolute path of the imported folder. */
  root: string;
}

/** Takes the configs and the secrets of a service, each its name or a map with source and target. */
export function readMounted(service: ImportedService, tree: Tree, mounting: Mounting): void {
  for (const kind of ['configs', 'secrets'] as const)
    for (const item of itemsOf(treeAt(tree, [kind]))) readItem(service, kind, item, mounting);
}

function readItem(service: ImportedService, kind: DefinedKind, item: Tree, mounting: Mounting): void {
  const { environment, definitions } = mounting;
  const named = item.kind === 'map' ? treeAt(item, ['source']) : item;
  const target = treeAt(item, ['target']);
  settleOwner(item, environment.ledger);
  const name = substitute(textOf(named) ?? '', environment);
  if (name === '') return;
  const definition = definitions[kind].get(name);
  const places = [named, target].filter((place) => place !== undefined);
  const content =
    definition === undefined
      ? undefined
      : kind === 'secrets'
        ? secretOf(name, definition)
        : configOf(name, definition, mounting.root);
  if (content === undefined) {
    const outcome = cannot(
      `no file has the content of ${JSON.stringify(name)}`,
      'write its file into this folder and its path into `files`',
    );
    for (const place of [...places, ...(definition === undefined ? [] : [definition.tree])])
      environment.ledger.settle(place, outcome);
    return;
  }
  const { from, ...rest } = content;
  const path = posix.resolve(folders[kind], substitute(textOf(target) ?? '', environment) || name);
  const items = from === undefined ? places : [...places, from];
  service.files.push({ path, ...rest, from: { kind: 'list', place: item.place, items } });
}

/** The folders to which targets are relative. */
const folders = { configs: '/', secrets: '/run/secrets' };

interface Content {
  source?: string;
  content?: string;
  /** What defines it. */
  from?: Tree | undefined;
}

function configOf(name: string, definition: Definition, root: string): Content | undefined {
  const { tree, environment } = definition;
  const file = fileOf(definition);
  if (file !== undefined) return isFile(root, file.path) ? { source: file.path, from: file.from } : undefined;
  const content = treeAt(tree, ['content']);
  const variable = treeAt(tree, ['environment']);
  const from = content ?? variable;
  const text = content === undefined ? `\${${textOf(variable) ?? ''}}` : (textOf(content) ?? '');
  if (from === undefined || text === '${}') return undefined;
  return { content: toTemplate(text, { name, from }, environment), from };
}

/** The value of a secret is never copied. One of a file, and one that the platform has, gets its name. */
function secretOf(name: string, definition: Definition): Content {
  const { tree, environment } = definition;
  const variable = treeAt(tree, ['environment']);
  const named = textOf(variable);
  if (named !== undefined) {
    const leaf = environment.values && treeAt(environment.values, [named]);
    return { content: secretFor(named, textOf(leaf), leaf, environment), from: variable };
  }
  const file = fileOf(definition);
  if (file !== undefined) environment.imported.secretFiles.set(toSecretName(name), file.path);
  return {
    content: secretFor(name, undefined, undefined, environment),
    from: treeAt(tree, ['file']) ?? treeAt(tree, ['external']),
  };
}

/** Settles who can read the file, and what else may be done with it. */
function settleOwner(item: Tree, ledger: Ledger): void {
  for (const key of ['uid', 'gid', 'mode']) {
    const value = treeAt(item, [key]);
    if (value === undefined) continue;
    const mode = Number.parseInt((textOf(value) ?? '').replace(/^0o/, ''), 8);
    ledger.settle(value, modeOutcome(key === 'mode' ? mode : 0));
  }
}
