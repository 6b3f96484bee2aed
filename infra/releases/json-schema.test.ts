import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { makeReleaseSchema, releaseSchemaFile } from './json-schema.ts';

test('the committed JSON Schema of release files is up to date: npm run schema', async () => {
  expect(readFileSync(releaseSchemaFile, 'utf8')).toBe(await makeReleaseSchema());
});
