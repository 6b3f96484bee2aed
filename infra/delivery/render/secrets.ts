import { readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';
import * as z from 'zod';
import { UserError } from '../../../tools/user-error.ts';

/** Values of secrets while a program is evaluated. */
export interface Secrets {
  /** False if every secret is rendered empty. */
  given: boolean;
  /** Returns the value of a config secret, `NAME`, or of a generated secret, `<resource>.<output>`. */
  take(name: string): string | undefined;
  /** Records a problem with a value, for `check` to throw. `problem` does not contain the value. */
  refuse(name: string, problem: string): void;
  /** Throws a UserError that lists all missing, invalid and unused secrets. */
  check(): void;
}

export const noSecrets: Secrets = {
  given: false,
  take: () => undefined,
  refuse: () => undefined,
  check: () => undefined,
};

/** Reads secrets from a file: a YAML map of names to strings. Throws UserError. */
export function readSecrets(file: string): Secrets {
  const values = parse(file);
  const unused = new Set(Object.keys(values));
  const problems = new Set<string>();
  const refuse = (name: string, problem: string) => problems.add(`${file}: ${name} ${problem}`);
  return {
    given: true,
    refuse,
    take(name) {
      unused.delete(name);
      if (values[name] === undefined) refuse(name, 'is missing');
      return values[name];
    },
    check() {
      for (const name of unused) refuse(name, 'is not used');
      if (problems.size > 0) throw new UserError([...problems].toSorted().join('\n'));
    },
  };
}

function parse(file: string): Record<string, string> {
  const document = parseDocument(read(file));
  const [error] = document.errors;
  if (error !== undefined) {
    // The parser's message contains the line, which may contain a secret.
    const { line = 1, col = 1 } = error.linePos?.[0] ?? {};
    throw new UserError(`${file}:${line}:${col}  is not YAML (${error.code})`);
  }
  const parsed = z.record(z.string(), z.string().min(1)).safeParse(document.toJS() ?? {});
  if (parsed.success) return parsed.data;
  const places = parsed.error.issues.map(({ path }) => path.join('.'));
  throw new UserError(`${file}: must be a map of names to strings; not a string: ${places.join(', ')}`);
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UserError(`The secrets file cannot be read: ${(error as Error).message}`);
  }
}
