import assert from 'node:assert/strict';
import { test } from 'vitest';
import { workload, workloadStatus } from './testing/workloads.ts';
import { healthProblems } from './health.ts';

const update = { environment: 'dev', number: 3, release: { api: { hash: 'a'.repeat(16) } } };
const now = Date.parse('2026-03-04T05:06:30.000Z');
const problems = (running: Parameters<typeof healthProblems>[0]) => healthProblems(running, update, now);

test('a healthy service has no problem, nor has one that recovered from restarts', () => {
  assert.deepEqual(problems({ workloads: [workload()], neverRan: [] }), []);
  const recovered = workloadStatus({}, { retries: 2, readyAt: '2026-03-04T05:05:00.000Z' });
  assert.deepEqual(problems({ workloads: [workload({ status: recovered })], neverRan: [] }), []);
});

test.each([
  [
    'is stopped',
    workload({ status: undefined }),
    /^api: it is stopped in dev\. Its state: .* status -s dev$/,
  ],
  ['is degraded', workload({ status: workloadStatus({ state: 'degraded' }) }), /^api: it is degraded in dev/],
  [
    'crashes again and again',
    workload({
      status: workloadStatus({}, { restarts: 5, retries: 2, readyAt: '2026-03-04T05:06:08.000Z' }),
    }),
    /^api: api-1 was restarted 5 times, last within 60 s, in dev/,
  ],
  [
    'runs what no record has',
    workload({ artifact: 'b'.repeat(16) }),
    /^api: dev runs b{16}, and not a{16} of #3\. Next: npm run up -- -s dev$/,
  ],
])('a service that %s is a problem', (_, running, expected) => {
  const [problem = '', ...more] = problems({ workloads: [running], neverRan: [] });
  assert.match(problem, expected);
  assert.deepEqual(more, []);
});

test('so is one that has never run', () => {
  const failed = { name: 'web', spec: {}, failure: { reason: 'no', log: [] } };
  assert.match(
    problems({ workloads: [], neverRan: [failed] }).join(),
    /^web: its first deployment failed in dev/,
  );
});
