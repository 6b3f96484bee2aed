import type { Tree } from '../../stack/tree.ts';
import type { Imported } from '../facts.ts';
import type { Ledger } from '../ledger.ts';
import { textOf } from '../read.ts';
import { isSecretValue, toSecretName } from '../secrets.ts';

/** The variables of `.env`, and where what refers to them is recorded. */
export interface Environment {
  values: Tree | undefined;
  imported: Imported;
  ledger: Ledger;
  /** Folder of the Compose file, to which its paths are relative. */
  folder: string;
}

// $$, ${NAME}, ${NAME:-default}, ${NAME-default}, ${NAME:?error}, ${NAME:+other} and $NAME; a default may contain one more level.
const variable = /\$\$|\$\{([A-Za-z_]\w*)(?:(:?[-?+])((?:[^{}]|\$\{[^{}]*\})*))?\}|\$([A-Za-z_]\w*)/g;

/** Returns a text with the values of `.env` and the defaults in place of its variables, as Compose does. */
export function substitute(text: string, environment: Environment): string {
  return text.replace(
    variable,
    (whole, braced?: string, operator?: string, other?: string, bare?: string) => {
      if (whole === '$$') return '$';
      const name = braced ?? bare ?? '';
      const value = textOf(leafOf(environment, name));
      if (operator?.endsWith('+')) return value === undefined ? '' : substitute(other ?? '', environment);
      return value ?? (operator?.endsWith('-') ? substitute(other ?? '', environment) : '');
    },
  );
}

/**
 * Returns the text of a variable with references in place of Compose's: to a shared variable, or to a secret if its value is one or no
 * file has it.
 */
export function toTemplate(text: string, from: Tree, environment: Environment): string {
  const escaped = text.replaceAll('$${{', '$$$${{');
  return escaped.replace(
    variable,
    (whole, braced?: string, operator?: string, other?: string, bare?: string) => {
      if (whole === '$$') return '$';
      const name = braced ?? bare ?? '';
      const leaf = leafOf(environment, name);
      if (operator?.endsWith('+'))
        return leaf === undefined ? '' : toTemplate(other ?? '', from, environment);
      const value = textOf(leaf) ?? (operator?.endsWith('-') ? other : undefined);
      if (value?.includes('$')) return toTemplate(value, from, environment);
      return referenceTo(name, value, { leaf, from }, environment);
    },
  );
}

function referenceTo(
  name: string,
  value: string | undefined,
  { leaf, from }: { leaf: Tree | undefined; from: Tree },
  { imported, ledger }: Environment,
): string {
  if (value === '') return '';
  if (value !== undefined && !isSecretValue(name, value)) {
    const known = imported.shared.get(name);
    // Another default of the same variable belongs to this place alone.
    if (known !== undefined && known.value !== value) return value;
    if (known === undefined) imported.shared.set(name, { value, from: leaf ?? from });
    if (leaf !== undefined) ledger.settle(leaf, sharedOutcome(name));
    return `\${{shared.${name}}}`;
  }
  const secret = toSecretName(name);
  imported.secrets.set(secret, imported.secrets.get(secret) ?? value);
  if (leaf !== undefined) ledger.settle(leaf, secretOutcome(secret));
  return `\${{secret.${secret}}}`;
}

const outcomes = new Map<string, { kind: 'mapped'; to: string }>();
const outcome = (to: string) => {
  const known = outcomes.get(to) ?? { kind: 'mapped' as const, to };
  outcomes.set(to, known);
  return known;
};
const sharedOutcome = (name: string) => outcome(`variables.${name}`);
const secretOutcome = (name: string) => outcome(`the secret ${name}, without its value`);

function leafOf({ values }: Environment, name: string): Tree | undefined {
  return values?.kind === 'map' ? values.entries.get(name)?.value : undefined;
}
