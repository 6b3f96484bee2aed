import { dataKinds } from '../../data/index.ts';
import type { Part } from '../../data/kind.ts';
import { treeAt, type Tree } from '../../stack/tree.ts';
import { dataTypeOf } from '../data-service.ts';
import type { Imported, ImportedService } from '../facts.ts';
import { cannot, childrenOf, defaulted, type Ledger, type Outcome } from '../ledger.ts';
import { textOf } from '../read.ts';
import { toSecretName } from '../secrets.ts';
import { ofPullRequests } from '../take.ts';
import { variableOf } from '../values.ts';

/** The groups of variables by name. */
export type Groups = ReadonlyMap<string, Tree>;

export interface Reading {
  imported: Imported;
  groups: Groups;
  ledger: Ledger;
}

/** Takes the variables of a service, also those of its groups. */
export function readVariables(service: ImportedService, list: Tree | undefined, reading: Reading): void {
  for (const [, entry] of childrenOf(list)) {
    const group = treeAt(entry, ['fromGroup']);
    if (group !== undefined) reading.ledger.settle(group, readGroup(service, textOf(group) ?? '', reading));
    else readVariable(service, entry, { ...reading, scope: service.name });
  }
}

function readGroup(service: ImportedService, name: string, reading: Reading): Outcome {
  const group = reading.groups.get(name);
  if (group === undefined)
    return cannot(
      `no file describes the group ${JSON.stringify(name)}`,
      'write its variables as `variables`',
    );
  for (const [, entry] of childrenOf(treeAt(group, ['envVars'])))
    readVariable(service, entry, { ...reading, scope: '' });
  return defaulted('the service has the variables of the group');
}

interface VariableReading extends Reading {
  /** What has the variable: a service, or empty for a group. */
  scope: string;
}

/** Each part of an entry that is not the value itself is settled with what becomes of the value. */
function readVariable(service: ImportedService, entry: Tree, reading: VariableReading): void {
  const key = treeAt(entry, ['key']);
  const name = textOf(key);
  if (name === undefined) return;
  const preview = treeAt(entry, ['previewValue']);
  if (preview !== undefined) reading.ledger.settle(preview, ofPullRequests);
  const value = valueOf(name, entry, reading);
  if (value === undefined) return;
  service.variables.set(name, { value, from: withoutPreview(entry) });
}

function withoutPreview(entry: Tree): Tree {
  if (entry.kind !== 'map') return entry;
  const entries = new Map([...entry.entries].filter(([key]) => key !== 'previewValue'));
  return { ...entry, entries };
}

function valueOf(name: string, entry: Tree, { imported, scope }: VariableReading): string | undefined {
  const text = textOf(treeAt(entry, ['value']));
  if (text !== undefined) return text;
  if (textOf(treeAt(entry, ['generateValue'])) === 'true') {
    const isTaken = scope !== '' && imported.secrets.has(toSecretName(name));
    return secretOf(isTaken ? `${scope}_${name}` : name, imported);
  }
  if (treeAt(entry, ['sync']) !== undefined) return secretOf(name, imported);
  const database = treeAt(entry, ['fromDatabase']);
  return referenceTo(database ?? treeAt(entry, ['fromService']), imported);
}

function secretOf(name: string, { secrets }: Imported): string {
  const secret = toSecretName(name);
  secrets.set(secret, undefined);
  return `\${{secret.${secret}}}`;
}

const parts = new Map<string, Part['part']>([
  ['connectionString', 'url'],
  ...(['host', 'port', 'user', 'password', 'database'] as const).map((name) => [name, name] as const),
]);

/** Returns the reference to a property or a variable of another service. */
function referenceTo(source: Tree | undefined, { services }: Imported): string | undefined {
  if (source === undefined) return undefined;
  const name = textOf(treeAt(source, ['name']));
  const variable = textOf(treeAt(source, ['envVarKey']));
  const property = textOf(treeAt(source, ['property']));
  const owner = services.find((service) => service.name === name);
  if (name === undefined) return undefined;
  if (variable !== undefined) return outside.get(variable)?.(name) ?? `\${{${name}.${variable}}}`;
  const type = owner && dataTypeOf(owner);
  const own = (part: Part['part'], standard: string) =>
    `\${{${name}.${type === undefined ? standard : variableOf(dataKinds[type], part)}}}`;
  if (property === 'hostport') return `${own('host', 'HOST')}:${own('port', 'PORT')}`;
  const part = parts.get(property ?? '');
  return part && own(part, part.toUpperCase());
}

/** The variables with the public address of a service. */
const outside = new Map([
  ['RENDER_EXTERNAL_HOSTNAME', (name: string) => `\${{${name}.PUBLIC_DOMAIN}}`],
  // The gateway of an environment can serve http only.
  ['RENDER_EXTERNAL_URL', (name: string) => `\${{${name}.PUBLIC_URL}}`],
]);
