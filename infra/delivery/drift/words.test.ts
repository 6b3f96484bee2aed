import assert from 'node:assert/strict';
import { test } from 'vitest';
import { hiddenValue, type DriftFinding } from '../../targets/shared/drift.ts';
import { drawDrift } from './draw.ts';
import type { DriftDocument } from './document.ts';
import { hideSecrets } from './hide-secrets.ts';
import { ago, sentenceOf } from './words.ts';

const now = Date.parse('2026-11-29T12:00:00Z');
const where = 'on the cluster';
const api = { kind: 'changed', service: 'api', resource: 'Deployment api' } as const;
const scaled: DriftFinding = {
  ...api,
  what: 'replicas',
  deployed: '2',
  live: '5',
  changed: { by: 'kubectl-scale', operation: 'Update', at: '2026-11-29T11:48:00Z' },
};

test('a finding says what was deployed, what exists, and who changed it when', () => {
  const said = (finding: DriftFinding) => sentenceOf(finding, where, now);
  assert.equal(
    said(scaled),
    'replicas of api: 2 deployed, 5 on the cluster, changed by kubectl-scale 12 minutes ago',
  );
  assert.equal(said({ ...api, what: 'variable A', live: '1' }), 'variable A of api: added on the cluster, 1');
  assert.equal(
    said({ ...api, what: 'variable A', deployed: '' }),
    'variable A of api: empty deployed, removed on the cluster',
  );
  const hidden = { ...api, what: 'variable A', deployed: hiddenValue, live: hiddenValue };
  assert.equal(said(hidden), 'variable A of api: edited on the cluster, values hidden');
  assert.equal(
    said({ ...api, what: 'spec.paused', live: 'true' }),
    'spec.paused of Deployment api: added on the cluster, true',
  );
  assert.equal(said({ kind: 'deleted', service: 'api', resource: 'Service api' }), 'Service api: deleted');
  assert.equal(
    said({
      kind: 'foreign',
      resource: 'ConfigMap x in namespace y',
      changed: { at: '2026-11-29T09:00:00Z' },
    }),
    'ConfigMap x in namespace y: Railhead did not create it, created 3 hours ago',
  );
  assert.match(
    said({ ...api, what: 'command', deployed: 'a\nb\u001b[2J', live: 'c' }),
    /: a\\nb\\u001b\[2J deployed/,
  );
});

test('times are rounded down', () => {
  assert.deepEqual([-5, 1000, 119_000, 7_200_000, 172_800_000].map(ago), [
    'just now',
    '1 second ago',
    '1 minute ago',
    '2 hours ago',
    '2 days ago',
  ]);
});

test('values that are or look secret are hidden, also those that only a hand has written', () => {
  const hide = (finding: Partial<DriftFinding>) => hideSecrets({ ...api, ...finding }, ['deployed-secret']);
  const both = { deployed: 'postgres://app:deployed-secret@db', live: 'none' };
  assert.deepEqual(hide({ what: 'variable URL', ...both }), {
    ...api,
    what: 'variable URL',
    deployed: hiddenValue,
    live: hiddenValue,
  });
  assert.equal(hide({ what: 'variable API_TOKEN', live: 'abc' }).live, hiddenValue);
  assert.equal(hide({ what: 'command', live: 'curl https://u:hunter2@x' }).live, hiddenValue);
  assert.equal(hide({ what: 'variable LOG_LEVEL', live: 'debug' }).live, 'debug');
});

test('the text has a line for each finding below its service, and commands are not wrapped', () => {
  const foreign: DriftFinding = {
    kind: 'foreign',
    resource: 'ConfigMap a-name-that-is-rather-long-for-a-terminal in namespace shop-prod',
  };
  const added: DriftFinding = {
    ...api,
    what: 'variable FOO',
    live: '1',
    remedy: 'kubectl set env deployment/api FOO- -n shop-prod --context=prod-eu',
  };
  const document: DriftDocument = {
    version: 1,
    environment: 'prod',
    target: 'kubernetes',
    time: '2026-11-29T12:00:00Z',
    deployed: { number: 7, time: '2026-11-29T10:00:00Z' },
    where,
    drifted: true,
    findings: [scaled, added, foreign].map((finding) => ({
      ...finding,
      sentence: sentenceOf(finding, where, now),
    })),
    notes: ['A note.'],
  };
  assert.deepEqual(drawDrift(document, { width: 60 }), [
    'prod has drifted: 3 differences from what update #7 (2 hours',
    'ago) left.',
    '',
    'api',
    '  - replicas of api: 2 deployed, 5 on the cluster, changed',
    '    by kubectl-scale 12 minutes ago',
    '  - variable FOO of api: added on the cluster, 1',
    '    --mend does not take it back. Next:',
    '    kubectl set env deployment/api FOO- -n shop-prod --context=prod-eu',
    '',
    'Not created by Railhead',
    '  - ConfigMap a-name-that-is-rather-long-for-a-terminal in',
    '    namespace shop-prod: Railhead did not create it',
    '',
    'A note.',
    '',
    'Next: deploy again what was deployed, and only what has drifted:',
    '  npx --no -- railhead drift --mend -s prod',
  ]);
  const none = { ...document, findings: [], notes: [], drifted: false };
  assert.deepEqual(drawDrift(none, { width: 80 }), ['prod is as update #7 (2 hours ago) left it.']);
});
