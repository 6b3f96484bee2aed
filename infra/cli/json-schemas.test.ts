import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'vitest';
import { makeSchemas } from './json-schemas.ts';

test('the committed JSON Schemas of what commands print are up to date: npm run schema', async () => {
  for (const [file, text] of await makeSchemas()) assert.equal(readFileSync(file, 'utf8'), text, file);
});
