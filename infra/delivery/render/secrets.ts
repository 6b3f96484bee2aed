import { readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { UserError } from '../../stack/problem.ts';

/** Values of secrets while a program is evaluated. */
export interface Secrets {
  /** False where every secret is rendered empty. */
  given: boolean;
  /** The value of a config secret, `NAME`, or of a generated one, `<resource>.<output>`. */
  take(name: string): string | undefined;
  /** Says what is wrong with a value, without it; `check` throws it. */
  refuse(name: string, problem: string): void;
  /** Throws a UserError with all that is missing, wrong or unused. */
  check(): void;
}

/** Instead of a value that stays empty: parses as a URL, as the address of an external server has to. */
export const standIn = 'empty:';

export const noSecrets: Secrets = {
  given: false,
  take: () => undefined,
  refuse: () => undefined,
  check: () => undefined,
};

/** The secrets of a file: a YAML map of names to texts. Throws UserError. */
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
      for (const name of unused) refuse(name, 'is used by nothing');
      if (problems.size > 0) throw new UserError([...problems].toSorted().join('\n'));
    },
  };
}

function parse(file: string): Record<string, string> {
  const document = parseDocument(read(file));
  const [error] = document.errors;
  if (error !== undefined) {
    // The parser's message would show the line, and with it a secret.
    const { line = 1, col = 1 } = error.linePos?.[0] ?? {};
    throw new UserError(`${file}:${line}:${col}  is not YAML (${error.code})`);
  }
  const parsed = z.record(z.string(), z.string().min(1)).safeParse(document.toJS() ?? {});
  if (parsed.success) return parsed.data;
  const places = parsed.error.issues.map(({ path }) => path.join('.'));
  throw new UserError(`${file}: must be a map of names to texts; look at: ${places.join(', ')}`);
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UserError(`The secrets cannot be read: ${(error as Error).message}`);
  }
}
