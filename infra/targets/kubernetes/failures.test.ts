import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describePods } from './failures.ts';

const command = (...words: string[]) => ['kubectl', ...words, '-n', 'rota-prod'].join(' ');
const pod = (status: object) => ({ kind: 'Pod', metadata: { name: 'api-1' }, status });
const container = (fields: object) =>
  pod({
    containerStatuses: [{ name: 'api', ready: false, restartCount: 0, state: {}, lastState: {}, ...fields }],
  });
const event = (reason: string, message: string, kind = 'Pod', name = 'api-1') => ({
  kind: 'Event',
  reason,
  message,
  involvedObject: { kind, name },
});
const of = (...items: object[]) => describePods({ items }, command);

test('a crash loop is told with its exit code, its last lines and the next command', () => {
  const crashed = { terminated: { exitCode: 3, message: 'at main.js:1\nno such table\n' } };
  assert.deepEqual(
    of(
      container({ restartCount: 2, state: { waiting: { reason: 'CrashLoopBackOff' } }, lastState: crashed }),
    ),
    [
      [
        'api-1 (container api) ended with exit code 3, and was started again 2 times.',
        'Its last lines:',
        '  at main.js:1',
        '  no such table',
        'The whole log: kubectl logs api-1 --previous -n rota-prod',
      ].join('\n'),
    ],
  );
  const [text] = of(container({ state: { terminated: { exitCode: 137, reason: 'OOMKilled' } } }));
  assert.match(text ?? '', /exit code 137, as it needed more memory than its limit\.\nIt printed nothing\./);
});

test('an image, a node, a quota and a check that stand in the way have words of their own', () => {
  const waiting = { reason: 'ImagePullBackOff', message: 'Back-off pulling image "ghcr.io/acme/api:1"' };
  const placed = {
    type: 'PodScheduled',
    status: 'False',
    message: '0/1 nodes are available: 1 Insufficient cpu.',
  };
  const texts = [
    ...of(container({ state: { waiting } })),
    ...of(pod({ conditions: [placed] })),
    ...of(event('FailedCreate', 'pods "api-x" is forbidden: exceeded quota: pods', 'ReplicaSet', 'api-5d')),
    ...of(
      container({ state: { running: {} } }),
      event('Unhealthy', 'Readiness probe failed: HTTP probe failed with statuscode: 503'),
    ),
  ];
  assert.deepEqual(texts, [
    'api-1 (container api) cannot pull its image: Back-off pulling image "ghcr.io/acme/api:1"\nNext: kubectl describe pod api-1 -n rota-prod',
    'api-1 finds no node: 0/1 nodes are available: 1 Insufficient cpu.\nNext: kubectl describe pod api-1 -n rota-prod',
    'ReplicaSet api-5d may not make its pods: pods "api-x" is forbidden: exceeded quota: pods\nNext: kubectl describe resourcequota -n rota-prod',
    'api-1 (container api) runs, but is not ready: Readiness probe failed: HTTP probe failed with statuscode: 503\nThe whole log: kubectl logs api-1 -n rota-prod',
  ]);
});

test('what runs, has ended well, or only starts is no failure', () => {
  const ready = { ready: true, state: { running: {} } };
  const done = { state: { terminated: { exitCode: 0 } } };
  const starting = { state: { waiting: { reason: 'ContainerCreating' } } };
  assert.deepEqual(
    of(container(ready), container(done), container(starting), container({ state: { running: {} } })),
    [],
  );
});
