import assert from 'node:assert/strict';
import { test } from 'vitest';
import type { Snapshot } from '../../changes/snapshot.ts';
import type { HistoryRecord } from '../history/record.ts';
import { diffEnvironments, type EnvironmentSide } from './differences.ts';
import { environmentDiffSchema } from './document.ts';
import { drawDiff } from './draw-diff.ts';

function side(
  name: string,
  more: Partial<EnvironmentSide>,
  snapshot: Partial<Snapshot> = {},
): EnvironmentSide {
  const empty = {
    declared: {},
    services: {},
    shared: {},
    provided: {},
    programs: {},
    packages: {},
    fingerprints: {},
  };
  return {
    ...{ name, config: {}, last: undefined, secrets: [] },
    snapshot: {
      railhead: '1',
      environment: name,
      target: 'docker',
      stackFile: 'a.yaml',
      ...empty,
      ...snapshot,
    },
    ...more,
  };
}

const variable = (text: string, references: string[] = []) => ({ text, references, value: text });
const service = (variables: Snapshot['services'][string]['variables']) => ({
  form: 'code' as const,
  dependsOn: [],
  variables,
});
const ran = (hash: string) => ({ release: { api: { hash } } }) as unknown as HistoryRecord;

const before = side(
  'staging',
  {
    config: { 'railhead:stackFile': 'a.yaml', 'aws:region': 'eu-west-1' },
    last: ran('aaaaaaaaaaaaaaaa'),
    secrets: [{ name: 'TOKEN', value: 'set', services: [] }],
  },
  {
    declared: {
      'services.api.replicas.min': '2',
      'services.api.port': '3000',
      'gateway.domain': 'a.example',
    },
    services: {
      api: service({
        'variables.TOKEN': variable('literal-canary-51c7'),
        'variables.SAME': variable('same'),
      }),
      old: service({}),
    },
  },
);

const after = side(
  'prod',
  {
    config: { 'railhead:stackFile': 'b.yaml', 'aws:region': 'eu-central-1' },
    last: ran('bbbbbbbbbbbbbbbb'),
    secrets: [{ name: 'TOKEN', value: 'missing', services: [] }],
  },
  {
    declared: {
      'services.api.replicas.min': '3',
      'services.api.port': '3000',
      'gateway.domain': 'b.example',
    },
    services: {
      api: service({
        'variables.TOKEN': variable('${{secret.TOKEN}}', ['secret.TOKEN']),
        'variables.SAME': variable('same'),
      }),
    },
  },
);

test('what differs is listed by service; what is a secret on one side is shown on neither', () => {
  const diff = environmentDiffSchema.parse(diffEnvironments(before, after));
  assert.deepEqual(diff.environment, [{ what: 'aws:region', before: 'eu-west-1', after: 'eu-central-1' }]);
  assert.deepEqual(
    diff.services.map(({ service, only, differences }) => [
      service,
      only,
      differences.map(({ what }) => what),
    ]),
    [
      ['api', undefined, ['replicas.min', 'variables.TOKEN', 'runs']],
      ['old', 'before', []],
      ['gateway', undefined, ['domain']],
    ],
  );
  assert.deepEqual(diff.secrets, [{ name: 'TOKEN', before: 'set', after: 'missing' }]);
  assert.doesNotMatch(JSON.stringify(diff), /canary/);
});

test('the text names both environments, and fits in 80 columns', () => {
  const lines = drawDiff(diffEnvironments(before, after), 80, (title) => title);
  assert.deepEqual(lines.slice(0, 5), [
    'environment',
    '              staging    prod',
    '  aws:region  eu-west-1  eu-central-1',
    '',
    'api',
  ]);
  assert.ok(lines.every((line) => line.length <= 80));
  assert.match(lines.join('\n'), /^old\n {2}only in staging$/m);
});

test('an environment equals itself', () => {
  const diff = diffEnvironments(before, before);
  assert.deepEqual([diff.environment, diff.services, diff.secrets], [[], [], []]);
  assert.deepEqual(
    drawDiff(diff, 80, (title) => title),
    ['staging and staging are equal.'],
  );
});
