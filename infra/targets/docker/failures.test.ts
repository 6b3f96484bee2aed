import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test, type TestContext } from 'node:test';
import { eventually } from '../../../tests/eventually.ts';
import { localImage } from '../containers/testing/docker.ts';
import { graphOf } from '../../graph/scratch-graph.ts';
import { containerFailures } from './failures.ts';
import { httpCheck } from './probes.ts';
import { docker } from './testing/daemon.ts';

const { image, skip } = localImage('node:24-slim');

/** A container as the target labels it, and what is told of the failures of its environment. */
function start(t: TestContext, script: string, ...options: string[]) {
  const stack = `failures-${randomBytes(3).toString('hex')}`;
  const graph = graphOf(t, `name: ${stack}\nservices:\n  api: { source: app, port: 3001 }`);
  const labels = [`railhead.stack=${stack}`, 'railhead.environment=test', 'railhead.service=api'];
  t.after(() => docker('rm', '--force', stack));
  docker(
    ...['run', '--detach', '--name', stack, ...labels.flatMap((label) => ['--label', label])],
    ...[...options, image, 'node', '-e', script],
  );
  const state = () =>
    docker(
      'inspect',
      '--format',
      '{{.State.Status}} {{if .State.Health}}{{.State.Health.Status}}{{end}}',
      stack,
    ).trim();
  return { stack, state, failures: () => containerFailures(graph) };
}

test(
  'a container that ended is told with its exit code, its last lines and the next command',
  { skip },
  async (t) => {
    const { stack, state, failures } = start(t, 'console.error("no such table"); process.exit(3)');
    await eventually(() => state().startsWith('exited'));
    const lines = [
      `api (container ${stack}) ended with exit code 3.`,
      'Its last lines:',
      '  no such table',
      `The whole log: docker logs ${stack}`,
    ];
    assert.deepEqual(await failures(), [lines.join('\n')]);
  },
);

test('a container that is not healthy is told with what its check asked', { skip }, async (t) => {
  const check = httpCheck(3001, ['/health']).slice(1);
  const [program = '', ...args] = check;
  const command = [program, ...args.map((arg) => `'${arg.replaceAll("'", String.raw`'\''`)}'`)].join(' ');
  const health = ['--health-cmd', command, '--health-interval', '1s', '--health-retries', '1'];
  const { failures, state } = start(
    t,
    'console.log("listening elsewhere"); setInterval(() => {}, 1000)',
    ...health,
  );
  await eventually(() => state().endsWith('unhealthy'));
  const [text, ...others] = await failures();
  assert.deepEqual(others, []);
  assert.match(
    text ?? '',
    /runs, but is not healthy; its check failed: GET http:\/\/127\.0\.0\.1:3001\/health: connect ECONNREFUSED/,
  );
  assert.match(text ?? '', /\n {2}listening elsewhere\n/);
});

test('what runs well is no failure', { skip }, async (t) => {
  const { failures, state } = start(t, 'setInterval(() => {}, 1000)');
  await eventually(() => state().startsWith('running'));
  assert.deepEqual(await failures(), []);
});
