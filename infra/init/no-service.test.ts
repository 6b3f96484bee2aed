import assert from 'node:assert/strict';
import { writeFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'vitest';
import { planInit } from './plan.ts';
import { makeRepository } from './testing.ts';

const files = {
  'package.json': '{ "name": "shop", "workspaces": ["packages/*"] }',
  'packages/api/package.json': '{ "name": "@acme/api", "scripts": { "dev": "bun run main.ts" } }',
  'packages/api/src/index.ts': 'export {};',
  'packages/db/package.json': '{ "name": "@acme/db" }',
};

test('a repository with code but no service that can run gets no example service, and says what to write', async (t) => {
  const root = makeRepository(t, files);
  const { message } = (await planInit(root).catch((error: unknown) => error)) as Error;
  assert.match(
    message,
    /^No service was found that can run\. Nothing was written\.\n {2}packages\/api: package\.json has no script "start"\n {2}packages\/db: /,
  );
  const text = /:\n\n([^]*?)\n\n/.exec(message)?.[1]?.replaceAll(/^ {4}/gm, '') ?? '';
  mkdirSync(join(root, 'stacks'));
  writeFileSync(join(root, 'stacks/shop.yaml'), text);
  writeFileSync(join(root, 'packages/api/main.js'), '');
  const { environment, targetReason } = await planInit(root);
  assert.deepEqual([environment, targetReason], ['dev', undefined]);
});

test('a root package without code gets the example service', async (t) => {
  const { detected } = await planInit(makeRepository(t, { 'package.json': '{ "name": "shop" }' }));
  assert.deepEqual(
    detected?.proposals.map(({ name }) => name),
    ['hello'],
  );
});
