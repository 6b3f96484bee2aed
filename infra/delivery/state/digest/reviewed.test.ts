import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'vitest';
import type { ServiceChange } from '../../../changes/model.ts';
import { scratch } from '../../../stack/scratch.ts';
import { movedLines } from './moved.ts';
import { readReviewed } from './reviewed.ts';

const digest = `dev.${'0a'.repeat(16)}.11111111.22222222.33333333.44444444.55555555`;
const service = (changes: Partial<ServiceChange>): ServiceChange => ({
  service: 'api',
  change: 'changed',
  causes: [],
  values: [],
  size: {},
  resources: [],
  ...changes,
});

test('a preview is named by its digest or its JSON file, and other texts, files and environments are refused', (t) => {
  const folder = scratch(t, { 'plan.json': '{"manifest":{}}', text: 'x', 'folder/': '' });
  const environment = {
    environment: 'dev',
    target: 'process',
    stackFile: 'stacks/shop.yaml',
    source: { kind: 'state' },
    ...{
      services: [],
      same: 0,
      network: [],
      risks: [],
      policy: [],
      notes: [],
      graph: { services: [], edges: [] },
    },
    digest,
  };
  const file = join(folder, 'preview.json');
  writeFileSync(file, JSON.stringify({ version: 1, railhead: '0', environments: [environment] }));
  assert.equal(readReviewed(digest, 'dev').preview, undefined);
  assert.equal(readReviewed(file, 'dev').preview?.digest, digest);
  // Of two previews of one environment, one could be shown and the other deployed.
  const twice = { version: 1, railhead: '0', environments: [environment, environment] };
  writeFileSync(join(folder, 'twice.json'), JSON.stringify(twice));
  for (const wrong of ['', 'plan.json', 'text', 'folder', 'missing', 'twice.json']) {
    assert.throws(() => readReviewed(join(folder, wrong), 'dev'), /is neither the digest/);
  }
  assert.throws(() => readReviewed(file, 'prod'), /is neither the digest of a preview of prod/);
  assert.throws(
    () => readReviewed(digest, 'prod'),
    /The digest belongs to the environment dev, not to prod\./,
  );
});

test('what moved is named by stack file line, secret and value', () => {
  const field = { kind: 'field', path: 'replicas', before: '1' } as const;
  const place = { file: 'stacks/shop.yaml', line: 7 };
  const reviewed = service({ causes: [{ ...field, after: '2', place }] });
  const now = service({
    causes: [
      { ...field, after: '3', place },
      { kind: 'secret', name: 'TOKEN', variables: [] },
    ],
  });
  const lines = movedLines({ services: [reviewed] }, { services: [now] });
  assert.equal(lines.length, 3);
  assert.match(lines[0] ?? '', /^Not in the preview: api: replicas: .*3 \(stacks\/shop\.yaml:7\)$/);
  assert.match(lines[1] ?? '', /^Not in the preview: api: secret TOKEN changed$/);
  assert.match(lines[2] ?? '', /^Only in the preview: api: replicas: .*2 \(stacks\/shop\.yaml:7\)$/);
  assert.deepEqual(movedLines({ services: [now] }, { services: [now] }), []);
});
