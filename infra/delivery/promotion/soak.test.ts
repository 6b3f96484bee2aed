import assert from 'node:assert/strict';
import { test } from 'vitest';
import type { HistoryRecord } from '../history/record.ts';
import { ending, record } from '../history/testing.ts';
import { lastRestart } from './health.ts';
import { soakProblems } from './soak.ts';
import { workload, workloadStatus } from './testing/workloads.ts';

const now = Date.parse('2026-03-04T08:00:00.000Z');
const hour = 3600;
const update = (number: number, ended: string, hash: string, changes: Partial<HistoryRecord> = {}) =>
  record({
    number,
    ending: { ...ending, ended: `2026-03-04T${ended}:00.000Z` },
    release: { api: { hash }, web: { hash: 'w' } },
    ...changes,
  });
const problems = (
  records: HistoryRecord[],
  soak: number | undefined,
  services = ['api', 'web'],
  restart?: string,
) =>
  soakProblems(
    { name: 'qa', soak },
    {
      ...{ records, services },
      restart:
        restart === undefined ? undefined : { replica: 'api-1', time: new Date(`2026-03-04T${restart}:00Z`) },
    },
    now,
  ).join();

test('the time begins with the update that deployed the last artifact, and updates without a change do not end it', () => {
  const records = [update(4, '07:30', 'b'), update(3, '06:10', 'b'), update(2, '05:00', 'a')];
  assert.equal(problems(records, undefined), '');
  assert.equal(problems(records, hour), '');
  assert.equal(
    problems(records, 2 * hour),
    'dev has run these artifacts for 1 h 50 min since the end of #3 (2026-03-04T06:10:00.000Z), and railhead:soak in Pulumi.qa.yaml demands 2 h. Try again in 10 min.',
  );
  assert.equal(problems(records, 2 * hour, ['web']), '');
});

test.each<[string, Partial<HistoryRecord>]>([
  ['a failed update', { ending: { ...ending, result: 'failed' } }],
  ['a stop', { command: 'down', release: undefined }],
])('%s between two updates with the same artifacts ends the time', (_, between) => {
  const records = [update(3, '07:30', 'a'), update(2, '07:00', 'a', between), update(1, '01:00', 'a')];
  assert.match(problems(records, hour), /for 30 min since the end of #3 .* Try again in 30 min\.$/);
});

test('a restart begins the time again', () => {
  assert.match(
    problems([update(1, '01:00', 'a')], 3 * 24 * hour, ['api'], '06:00'),
    /for 2 h since api-1 was restarted \(2026-03-04T06:00:00\.000Z\), .* demands 3 d\. Try again in 2 d 22 h\.$/,
  );
  assert.equal(problems([update(1, '01:00', 'a')], hour, ['api'], '06:00'), '');
});

test('the last restart is that of the services in question', () => {
  const readyAt = '2026-03-04T06:00:00.000Z';
  const restarted = workload({ status: workloadStatus({}, { restarts: 1, readyAt }) });
  const ask = (services?: string[]) =>
    lastRestart({ workloads: [restarted, workload()] }, { environment: 'dev', number: 1, services });
  assert.deepEqual(ask(), { replica: 'api-1', time: new Date(readyAt) });
  assert.equal(ask(['web']), undefined);
});
