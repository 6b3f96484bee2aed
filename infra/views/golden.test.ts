import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'vitest';
import { previewDocumentSchema } from '../changes/model.ts';
import { makePreviewSchema, previewSchemaFile } from './json-schema.ts';
import { documents } from './testing/documents.ts';
import { goldenViews, readGolden } from './testing/golden.ts';

test('the views of the documents in testing/documents.ts are those in golden/', async () => {
  const views = await goldenViews();
  assert.ok(views.size >= 15);
  for (const [name, text] of views) {
    assert.equal(
      text,
      readGolden(name),
      `golden/${name} differs: run \`node infra/views/testing/golden.ts --update\` and read the diff`,
    );
  }
});

test('the documents are valid previews', () => {
  for (const document of Object.values(documents)) previewDocumentSchema.parse(document);
});

test('the committed JSON Schema of a preview is up to date', async () => {
  assert.equal(
    readFileSync(previewSchemaFile, 'utf8'),
    await makePreviewSchema(),
    'stacks/preview.schema.json is stale: run `npm run schema`',
  );
});

test('every view names each change of a branch with its cause', () => {
  const causes = [
    ['api', '8 files in services/api (app.ts, '],
    ['worker', 'REDIS_URL ← redis.REDIS_URL ← redis.PORT ← stacks/rota.prod.yaml:9'],
    ['scheduler', 'cron: */5 * * * * → */15 * * * * (stacks/rota.yaml:51)'],
    ['api', 'secret SMTP_PASSWORD changed, which SMTP_URL contains'],
    ['api', 'replicas.min: 3 → 4 (stacks/rota.prod.yaml:15)'],
    ['gateway', 'routes[1].to: web → site (stacks/rota.yaml:73)'],
    ['uploads', 'volume: /data, 20Gi → not set (stacks/rota.yaml:44)'],
    ['site', 'added to the stack file (stacks/rota.yaml:57)'],
    ['web', 'removed from the stack file (stacks/rota.yaml:57)'],
  ];
  for (const view of ['everything.txt', 'everything.md', 'everything.html']) {
    const text = plainOf(readGolden(view));
    for (const [service = '', cause = ''] of causes) {
      assert.ok(text.includes(cause), `${view}: ${cause}`);
      assert.ok(text.includes(service), `${view}: ${service}`);
    }
    assert.ok(text.includes('data touched: uploads; protection changed: postgres; exposed: site'), view);
  }
});

function plainOf(text: string): string {
  return text
    .replace(/<[^>]+>|`/g, '')
    .replace(/&#(\d+);/g, (_, point: string) => String.fromCodePoint(Number(point)));
}

test('the JSON Schema describes every property', () => {
  assert.deepEqual(undescribed(JSON.parse(readFileSync(previewSchemaFile, 'utf8')), '$'), []);
});

/** Returns the paths of the properties without a description. */
function undescribed(schema: unknown, path: string): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, part]: [string, unknown]) => {
    if (key !== 'properties') return undescribed(part, `${path}/${key}`);
    return Object.entries(part as object).flatMap(([name, property]: [string, { description?: string }]) => [
      ...(property.description === undefined ? [`${path}/${name}`] : []),
      ...undescribed(property, `${path}/${name}`),
    ]);
  });
}
