import assert from 'node:assert/strict';
import fc from 'fast-check';
import { stringify } from 'yaml';
import type { Row } from './rows.ts';
import { importOf } from './testing.ts';

/** Names of services and fields. */
export const word = fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/);
/** Values of any form, among them those that readers take apart. */
export const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    word,
    fc.integer({ min: 0, max: 70_000 }),
    fc.boolean(),
    fc.constant(null),
    fc.constantFrom(
      '3000:3000',
      './data:/data',
      'curl -f http://localhost/health',
      'node main.js',
      '512m',
      '30s',
      '${NAME:-x}',
      'http://api:3000',
      '${{Postgres.DATABASE_URL}}',
    ),
    fc.array(tie('any'), { maxLength: 3 }),
    fc.dictionary(word, tie('any'), { maxKeys: 3 }),
  ),
})).any;

/** Maps with keys that the readers know, of any form of value, and with keys that they do not. */
export const mapOf = (known: readonly string[]) =>
  fc.dictionary(fc.oneof(word, fc.constantFrom(...known)), value, { minKeys: 1, maxKeys: 6 });

/** Imports a file with this content. Throws AssertionError if its report lacks a field. */
export async function isReported<Content extends object>(
  file: string,
  content: Content,
  write: (content: Content) => string = stringify,
  others: Record<string, string> = {},
): Promise<void> {
  const ends: (() => void)[] = [];
  const t = { onTestFinished: (end: () => void) => void ends.push(end) };
  try {
    const { rows } = await importOf(t as never, { ...others, [file]: write(content) });
    const own = rows.filter((row) => row.file === file);
    const missing = pathsOf(content).filter((path) => !own.some((row) => covers(row, path)));
    assert.deepEqual(missing, []);
  } finally {
    for (const end of ends) end();
  }
}

function covers({ field, outcome, why }: Row, path: string): boolean {
  const isThere = path === field || path.startsWith(`${field}.`);
  return isThere && (outcome === 'mapped' || (why ?? '') !== '');
}

/** Returns the paths of all scalars, empty maps and empty lists. */
function pathsOf(content: unknown, above = ''): string[] {
  const entries = typeof content === 'object' && content !== null ? Object.entries(content) : [];
  if (entries.length === 0) return [above];
  return entries.flatMap(([key, inner]) => pathsOf(inner, above === '' ? key : `${above}.${key}`));
}
