import assert from 'node:assert/strict';
import stringWidth from 'string-width';
import { test } from 'vitest';
import { describeSurplus, drawContents, drawSurplus } from './draw.ts';
import type { KnownContent } from './contents.ts';
import type { Origin } from './mentions.ts';
import { describeOrigins } from './origins.ts';
import { hash, old } from './testing.ts';

const updates = (environment: string, ...numbers: number[]): Origin[] =>
  numbers.map((update) => ({ environment, update }));

const content: KnownContent = {
  digest: `sha256:${'47f7ef19'.repeat(8)}`,
  ...{ size: 5_000_000, put: old, artifacts: [{ service: 'api', hash }] },
  neededBy: [{ file: 'releases/prod.yaml' }, ...updates('dev', 9, 3, 11, 10, 4, 5), ...updates('qa', 1)],
};
const unknown: KnownContent = { ...content, size: 10, artifacts: [], neededBy: [] };

test('updates in succession are one range, and numbers are not sorted as texts', () => {
  assert.equal(describeOrigins(content.neededBy), 'releases/prod.yaml, dev #3-#5, dev #9-#11, qa #1');
});

test('each content has a row with what is known of it', () => {
  const cells = drawContents([content, unknown], Infinity).map((line) => line.split(/ {2,}/));
  assert.deepEqual(cells, [
    ['CONTENT', 'SIZE', 'SERVICE', 'ARTIFACT', 'NEEDED BY'],
    ['47f7ef1947f7', '4.8 MiB', 'api', hash, 'releases/prod.yaml, dev #3-#5, dev #9-#11, qa #1'],
    ['47f7ef1947f7', '1 KiB', '-', '-', '-'],
  ]);
});

test('the tables fit 80 columns', () => {
  const artifacts = [{ service: 'a-service-with-a-long-name', hash }];
  const long = { ...content, artifacts, neededBy: updates('production', 1, 3, 5, 7, 9) };
  const surplus = { contents: [long], folders: [{ name: `api-${hash}`, size: 1 }], others: 0 };
  for (const line of [...drawContents([long], 80), ...drawSurplus(surplus, 80)]) {
    assert.ok(stringWidth(line) <= 80, line);
  }
});

test('what is deleted has its sum', () => {
  const folders = [{ name: `api-${hash}`, size: 12_000 }];
  assert.equal(
    describeSurplus({ contents: [content, unknown], folders, others: 3 }, 'the store /srv'),
    '2 contents (4.8 MiB) of the store /srv and 1 folder (12 KiB) of .railhead/artifacts',
  );
  assert.equal(describeSurplus({ contents: [], folders: [], others: 3 }, 'the store /srv'), '');
});
