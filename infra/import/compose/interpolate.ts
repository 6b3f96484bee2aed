import type { Tree } from '../../stack/tree.ts';
import type { Fact, Imported } from '../facts.ts';
import { defaulted, type Ledger, type Mapped } from '../ledger.ts';
import { textOf } from '../read.ts';
import { isSecretValue, toSecretName } from '../secrets.ts';

/** The variables of `.env`, and where what refers to them is recorded. */
export interface Environment {
  values: Tree | undefined;
  imported: Imported;
  ledger: Ledger;
  /** Folder of the Compose file, to which its paths are relative. */
  folder: string;
  /** The variables of a service that stand before the one that is read, in its files of variables. */
  former?: ReadonlyMap<string, Fact<string>>;
  /** The names of the services, which are hosts in addresses. */
  hosts: ReadonlySet<string>;
  /** The outcomes of variables by what they became, so that a variable that several services use has one outcome. */
  outcomes: Map<string, Mapped>;
}

// $$, ${NAME}, ${NAME:-default}, ${NAME-default}, ${NAME:?error}, ${NAME:+other} and $NAME; a default may contain one more level.
export const variable = /\$\$|\$\{([A-Za-z_]\w*)(?:(:?[-?+])((?:[^{}]|\$\{[^{}]*\})*))?\}|\$([A-Za-z_]\w*)/g;

/**
 * Returns a text with the values of `.env` and the defaults in place of its variables, as Compose does. A secret becomes a reference,
 * which the stack file refuses outside of variables.
 */
export function substitute(text: string, environment: Environment): string {
  return text.replace(
    variable,
    (whole, braced?: string, operator?: string, other?: string, bare?: string) => {
      if (whole === '$$') return '$';
      const name = braced ?? bare ?? '';
      const leaf = leafOf(environment, name);
      const value = textOf(leaf);
      if (operator?.endsWith('+')) return value === undefined ? '' : substitute(other ?? '', environment);
      const found = value ?? (operator?.endsWith('-') ? substitute(other ?? '', environment) : '');
      const isSecret = isSecretValue(name, found);
      if (leaf !== undefined) environment.ledger.settle(leaf, isSecret ? notCopied : resolved);
      return isSecret ? `\${{secret.${toSecretName(name)}}}` : found;
    },
  );
}

/** Returns a scalar with the values of variables in its text; any other tree as it is. */
export function filled(tree: Tree, environment: Environment): Tree {
  return tree.kind === 'scalar' ? { ...tree, text: substitute(tree.text, environment) } : tree;
}

const resolved = defaulted('its value is in place of its name where services refer to it');
const notCopied = defaulted('its value is a secret, which is not copied into a command');

/** The variable whose text is read. */
export interface Owner {
  name: string;
  from: Tree;
  /** Variables of which the text is a part: one that contains itself has no value in it. */
  open?: ReadonlySet<string>;
}

/**
 * Returns the text of a variable with references in place of Compose's: to a shared variable, or to a secret if its value is one or no
 * file has it. The value of a variable is a secret also if its owner's is one, or if it is the password of a URL.
 */
export function toTemplate(text: string, owner: Owner, environment: Environment): string {
  const escaped = text.replaceAll('$${{', '$$$${{');
  return escaped.replace(
    variable,
    (whole, braced?: string, operator?: string, other?: string, bare?: string, offset?: number) => {
      if (whole === '$$') return '$';
      const name = braced ?? bare ?? '';
      const leaf = owner.open?.has(name) ? undefined : leafOf(environment, name);
      if (operator?.endsWith('+'))
        return leaf === undefined ? '' : toTemplate(other ?? '', owner, environment);
      const value = textOf(leaf) ?? (operator?.endsWith('-') ? other : undefined);
      if (value === undefined) return secretFor(name, value, leaf, environment);
      const before = escaped.slice(0, offset);
      const after = value + escaped.slice((offset ?? 0) + whole.length);
      // What follows the colon of an address without an `@` is its port.
      const isPassword = /:\/\/[^\s/:@]*:[^\s/@]*$/.test(before) && /^[^\s/]*@/.test(after);
      const names = [name, owner.name, ...(isPassword ? ['PASSWORD'] : [])];
      if (isAddressOf(environment.hosts, value)) {
        if (leaf !== undefined) environment.ledger.settle(leaf, resolved);
        const open = new Set([...(owner.open ?? []), name]);
        return toTemplate(value, { ...owner, open }, environment);
      }
      const secret = names.find((name) => isSecretValue(name, value));
      if (value.includes('$') && (secret === undefined || isVariable(value))) {
        const open = new Set([...(owner.open ?? []), name]);
        if (leaf !== undefined) environment.ledger.settle(leaf, resolved);
        return toTemplate(value, { ...owner, name: secret ?? owner.name, open }, environment);
      }
      if (secret === undefined && leaf !== undefined && leaf === environment.former?.get(name)?.from)
        return value;
      return secret === undefined
        ? sharedFor(name, value, { leaf, from: owner.from }, environment)
        : secretFor(name, value, leaf, environment);
    },
  );
}

/** Whether a text is the address of a service, which gets a reference in place of its password. */
function isAddressOf(hosts: ReadonlySet<string>, text: string): boolean {
  const [, host = ''] = /^[a-z][a-z0-9+.-]*:\/\/[^\s/@]*@([\w.-]+)(?::\d+)?(?:[/?#]\S*)?$/i.exec(text) ?? [];
  return hosts.has(host);
}

/** Whether a text is one variable and nothing else. In a secret with `$`, what follows the `$` may be a part of it. */
function isVariable(text: string): boolean {
  return /^\$([A-Za-z_]\w*|\{[A-Za-z_]\w*[:?]?\})$/.test(text);
}

function sharedFor(
  name: string,
  value: string,
  { leaf, from }: { leaf: Tree | undefined; from: Tree },
  environment: Environment,
): string {
  if (value === '') return '';
  const { imported } = environment;
  const known = imported.shared.get(name);
  // Another default of the same variable belongs to this place alone.
  if (known !== undefined && known.value !== value) return value;
  if (known === undefined) imported.shared.set(name, { value, from: leaf ?? from });
  if (leaf !== undefined) settleMapped(leaf, `variables.${name}`, environment);
  return `\${{shared.${name}}}`;
}

/** Returns the reference to a secret, of which only the name is kept. `leaf` is its variable in `.env`. */
export function secretFor(
  name: string,
  value: string | undefined,
  leaf: Tree | undefined,
  environment: Environment,
): string {
  const secret = toSecretName(name);
  const { imported } = environment;
  imported.secrets.set(secret, imported.secrets.get(secret) ?? value);
  if (leaf !== undefined) settleMapped(leaf, `the secret ${secret}, without its value`, environment);
  return `\${{secret.${secret}}}`;
}

function settleMapped(leaf: Tree, to: string, { ledger, outcomes }: Environment): void {
  const outcome = outcomes.get(to) ?? { kind: 'mapped', to };
  outcomes.set(to, outcome);
  ledger.settle(leaf, outcome);
}

/** Returns the value of a variable: that of `.env` comes before an earlier line of the file that refers to it. */
export function leafOf({ values, former }: Environment, name: string): Tree | undefined {
  const own = values?.kind === 'map' ? values.entries.get(name)?.value : undefined;
  return own ?? former?.get(name)?.from;
}
