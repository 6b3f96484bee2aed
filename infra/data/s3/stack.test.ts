import assert from 'node:assert/strict';
import { test } from 'vitest';
import { graphOf } from '../../graph/scratch-graph.ts';
import { fill } from '../../plan/fill.ts';
import { externalValues } from '../../targets/shared/external.ts';
import { configSecret } from '../../plan/hole.ts';

const text = `
name: photos
services:
  files:
    type: s3
    external:
      url: https://s3.example.com
      bucket: photos
      region: auto
      accessKeyId: \${{secret.KEY_ID}}
      secretAccessKey: \${{secret.KEY}}
  app: { source: app, variables: { KEY: "\${{files.AWS_SECRET_ACCESS_KEY}}" } }
`;

test('an external service gives its address, its bucket and its keys', (t) => {
  const graph = graphOf(t, text);
  const [files] = graph.services.filter(({ form }) => form === 'external');
  assert.ok(files);
  assert.equal(files.config.port, 443);
  const values = externalValues(files, (reference) => {
    assert.equal(reference.kind, 'secret');
    return configSecret(reference.name);
  });
  const secrets: Record<string, string> = { KEY_ID: 'AKIA', KEY: 'canary' };
  const texts = Object.fromEntries(
    Object.entries(values ?? {}).map(([name, value]) => [
      name,
      fill(value, (leaf) => (leaf.kind === 'secret' ? (secrets[leaf.name] ?? '') : '')),
    ]),
  );
  assert.partialDeepStrictEqual(texts, {
    HOST: 's3.example.com',
    PORT: '443',
    URL: 'https://s3.example.com',
    S3_ENDPOINT: 'https://s3.example.com',
    S3_BUCKET: 'photos',
    AWS_REGION: 'auto',
    AWS_ACCESS_KEY_ID: 'AKIA',
    AWS_SECRET_ACCESS_KEY: 'canary',
  });
});
