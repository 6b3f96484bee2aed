import assert from 'node:assert/strict';
import { test } from 'vitest';
import { compare } from '../../changes/compare.ts';
import { testSide } from '../../changes/testing.ts';
import { parseStack } from '../../stack/load.ts';
import { chooseTarget } from '../../targets/index.ts';
import { plain } from '../../views/phrase.ts';
import { verdict } from '../../views/words/verdict.ts';
import { comparisonOf, isUnrecorded } from './comparison.ts';
import type { EnginePlan } from './read-plan.ts';
import { shownOf } from './shown.ts';

const text = 'name: shop\nservices:\n  api: { image: acme/api:1 }\n';
const target = await chooseTarget({ name: 'dev', target: 'process' });
const context = { stack: parseStack(text, 'stacks/shop.yaml'), target };

test('an environment without a record has an unknown version of Railhead, and its services are not new', () => {
  const plan = planOf('railhead:process:Service');
  const comparison = comparisonOf(plan, context, process.cwd());
  assert.ok(isUnrecorded(plan, context));
  assert.deepEqual(comparison.before, { ...plan.after, railhead: 'unknown version' });
  assert.deepEqual(
    compare(comparison).services.map(({ service, change, causes }) => [service, change, causes]),
    [['api', 'changed', [{ kind: 'railhead', before: 'unknown version', after: '0.1.0' }]]],
  );
});

test('a preview without a record does not claim that no data are touched', () => {
  const preview = shownOf(planOf('railhead:process:Service'), context, [], process.cwd());
  const text = plain(verdict({ ...preview, source: { kind: 'state' } }));
  assert.match(text, /^1 service changes, 0 the same; data touched: not known$/);
  assert.match(preview.notes.join(), /The last update recorded no inputs that this version can read/);
});

test('migrations are not known for a service that an update has reached without a record', () => {
  const of = (files: string[]) =>
    testSide({
      text: 'name: shop\nservices:\n  api: { source: infra/graph, start: ./run, preDeploy: ./migrate }\n',
      inputs: { api: { migrations: files.map((file) => [file, file]) } },
    }).snapshot;
  const plan = {
    ...planOf('railhead:process:Service'),
    before: of(['1.sql']),
    after: of(['1.sql', '2.sql']),
  };
  const shown = (reached: string[]) => shownOf({ ...plan, reached }, context, [], process.cwd());
  assert.deepEqual(shown([]).services[0]?.migrations?.pending, [{ file: '2.sql', reversible: false }]);
  assert.deepEqual(shown([]).notes, []);
  const { services, notes } = shown(['api']);
  assert.deepEqual(services[0]?.migrations, {
    command: ['./migrate'],
    known: false,
    pending: [],
    edited: [],
    late: [],
  });
  assert.match(
    notes.join(),
    /A failed update, .* has changed these services since the last record: `api`\. The former/,
  );
});

test('an environment without resources, or with only what `down` keeps, has no former side', () => {
  const plan = planOf('pulumi:pulumi:Stack', 'railhead:generated:Identity');
  assert.ok(!isUnrecorded(plan, context));
  assert.equal(comparisonOf(plan, context, process.cwd()).before, undefined);
});

test('a record is the former side', () => {
  const before = testSide({ text: text.replace('api:1', 'api:0') }).snapshot;
  const plan = { ...planOf('railhead:process:Service'), before };
  assert.ok(!isUnrecorded(plan, context));
  assert.equal(comparisonOf(plan, context, process.cwd()).before, before);
});

function planOf(...types: string[]): EnginePlan {
  return {
    before: undefined,
    after: testSide({ text }).snapshot,
    reached: [],
    deployed: undefined,
    types,
    problems: [],
    resources: [
      { service: 'api', type: 'railhead:process:Service', name: 'api', operation: 'update', paths: ['cwd'] },
    ],
    digest: {
      environment: 'dev',
      whole: '',
      parts: { steps: '', artifacts: '', secrets: '', state: '', version: '' },
    },
    snapshotHash: '',
    stateHash: '',
  };
}
