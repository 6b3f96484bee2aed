import assert from 'node:assert/strict';
import { test } from 'vitest';
import { parse } from 'yaml';
import { importOf } from '../testing.ts';

test('a shared volume has the same name in all services, also where another folder ends in this name', async (t) => {
  const { texts } = await importOf(t, {
    'package.json': '{ "name": "shop" }',
    'compose.yaml': `services:
  web:
    image: acme/web:1
    volumes: ["cache:/cache", "/srv/uploads", "uploads:/in"]
  worker:
    image: acme/worker:1
    volumes: ["uploads:/in"]
volumes: { uploads: {}, cache: {} }
`,
  });
  assert.partialDeepStrictEqual(parse(texts['stacks/shop.yaml'] ?? ''), {
    volumes: { uploads: { size: '1Gi' } },
    services: {
      web: { volumes: { uploads: '/in', 'uploads-2': { path: '/srv/uploads', size: '1Gi' } } },
      worker: { volumes: { uploads: '/in' } },
    },
  });
});
