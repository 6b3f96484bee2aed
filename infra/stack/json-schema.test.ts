import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { test } from 'vitest';
import { jsonSchemaFile, makeJsonSchema } from './json-schema.ts';

test('the committed JSON Schema is up to date', async () => {
  assert.equal(
    readFileSync(jsonSchemaFile, 'utf8'),
    await makeJsonSchema(),
    'stacks/schema.json is stale: run `node infra/stack/json-schema.ts`',
  );
});

test('the first line of every stack file names the JSON Schema', () => {
  const folder = dirname(jsonSchemaFile);
  const files = globSync('{*,examples/*}.yaml', { cwd: folder });
  assert.ok(files.length >= 7);
  for (const file of files) {
    const [first] = readFileSync(join(folder, file), 'utf8').split('\n');
    const path = relative(dirname(join(folder, file)), jsonSchemaFile);
    assert.equal(first, `# yaml-language-server: $schema=${path}`, file);
  }
});

test('an overlay accepts null once for each value', async () => {
  const [twice] = /\{ "type": "null" \}\s*\]\s*\},\s*\{ "type": "null" \}/.exec(await makeJsonSchema()) ?? [];
  assert.equal(twice, undefined);
});
