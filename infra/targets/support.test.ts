import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'vitest';
import { isIrrelevant, isLimited, isRefused, type SupportEntry } from './shared/support.ts';
import { standardTargets } from './index.ts';
import { readmeFile, withTable } from './support-table.ts';
import { recordPath, schemaFields } from './testing/schema-fields.ts';

test('every target says what it does with every field of the schema', async () => {
  const fields = schemaFields();
  assert.ok(fields.length > 80, `${fields.length} fields`);
  const missing = (await standardTargets()).flatMap((target) =>
    fields
      .filter((field) => !isDeclared(target.fields, recordPath(field)))
      .map((field) => `${target.name}: ${field}`),
  );
  assert.deepEqual(missing, []);
});

test('the table of fields in the README is that of the records', async () => {
  const readme = readFileSync(readmeFile, 'utf8');
  assert.equal(readme, await withTable(readme), '`npm run fields` writes it');
});

function isDeclared(entry: SupportEntry | undefined, [field, ...rest]: string[]): boolean {
  if (entry === undefined) return false;
  if (entry === 'honoured') return field === undefined;
  if (isRefused(entry) || isIrrelevant(entry) || isLimited(entry)) return true;
  return field !== undefined && isDeclared(entry[field], rest);
}
