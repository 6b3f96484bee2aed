import assert from 'node:assert/strict';
import { test } from 'vitest';
import { importOf, servicesOf } from './testing.ts';

const stackOf = (image: string) => ({
  'compose.yaml': `
name: shop
services:
  web:
    image: acme/web:1
    environment: { CACHE_URL: redis://cache:6379/1 }
  cache:
    image: ${image}
    volumes: [cache:/data]
`,
});

const images: Record<string, object> = {
  'valkey/valkey:7.2.11-alpine': { image: 'valkey/valkey:7.2.11' },
  'docker.io/valkey/valkey:9-alpine3.22': { image: 'docker.io/valkey/valkey:9' },
  'valkey/valkey:8.1': { image: 'valkey/valkey:8.1' },
  'valkey/valkey:alpine': { image: 'valkey/valkey' },
};

for (const [image, kept] of Object.entries(images)) {
  test(`${image} is a Redis service that keeps the image`, async (t) => {
    const { texts, lines, targets } = await importOf(t, stackOf(image));
    assert.deepEqual(servicesOf(texts, 'shop')['cache'], { type: 'redis', version: '7', ...kept });
    assert.deepEqual(servicesOf(texts, 'shop')['web'], {
      image: 'acme/web:1',
      variables: { CACHE_URL: '${{cache.REDIS_URL}}/1' },
    });
    assert.ok(!lines.some((line) => line.includes(' cannot ')), lines.join('\n'));
    assert.deepEqual(
      targets.filter(({ name, problems }) => name !== 'process' && problems.length > 0),
      [],
    );
  });
}
