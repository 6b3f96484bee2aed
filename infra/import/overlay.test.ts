import assert from 'node:assert/strict';
import { test } from 'vitest';
import { parse } from 'yaml';
import { importOf } from './testing.ts';

test('the overlay for processes is merged with an environment of the same name', async (t) => {
  const deploy = (numReplicas: number) => ({ deploy: { numReplicas } });
  const { texts } = await importOf(t, {
    'package.json': '{ "name": "shop", "scripts": { "start": "node server.js" } }',
    ...{ 'server.js': '', Dockerfile: 'FROM node:24\n' },
    'railway.json': JSON.stringify({
      build: { builder: 'DOCKERFILE' },
      ...deploy(1),
      environments: { dev: deploy(2) },
    }),
  });
  assert.deepEqual(parse(texts['stacks/shop.dev.yaml'] ?? ''), {
    extends: 'shop.yaml',
    services: { shop: { dockerfile: null, start: 'node server.js', replicas: 2 } },
  });
});
