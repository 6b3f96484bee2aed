import assert from 'node:assert/strict';
import { test } from 'vitest';
import { unless } from '../../../../tools/testing/unless.ts';
import { lacksDaemon } from '../testing/daemon.ts';
import { createOptions, runContainer } from './run-container.ts';

test('values of variables are not in arguments, except for variables that docker itself reads', () => {
  const options = createOptions({
    ...{ root: '/clone', environment: 'test', name: 'api', container: 'shop-api-predeploy', image: 'api:1' },
    ...{ entrypoint: ['node'], command: ['migrate.js'], user: '10001:10001', networks: [], pids: 512 },
    ...{ tmpfs: {}, labels: {} },
    variables: {
      TOKEN: 'canary',
      PATH: '/bin:/srv/bin',
      DOCKER_HOST: 'tcp://build:2375',
      DOCKER_AUTH: 'canary',
    },
  });
  const given = options.filter((_, index) => options[index - 1] === '--env');
  assert.deepEqual(given, ['TOKEN', 'PATH=/bin:/srv/bin', 'DOCKER_HOST=tcp://build:2375', 'DOCKER_AUTH']);
  assert.ok(!options.join(' ').includes('canary'));
});

test('a run has the GPUs of its service', () => {
  const inputs = {
    ...{ root: '/clone', environment: 'test', name: 'train', container: 'shop-train-once', image: 'train:1' },
    ...{ entrypoint: [], command: [], networks: [], pids: 512, tmpfs: {}, labels: {}, variables: {} },
  };
  const options = createOptions({ ...inputs, gpus: 2 });
  assert.equal(options[options.indexOf('--gpus') + 1], '2');
  assert.ok(!createOptions(inputs).includes('--gpus'));
});

unless(lacksDaemon()).test('the error of a run that fails names the field that it needs', async (t) => {
  const inputs = {
    ...{ root: '/clone', environment: 'test', name: 'job', container: `railhead-test-once-${process.pid}` },
    ...{ image: 'node:24-slim', entrypoint: ['node', '-e', 'fs.mkdirSync("/srv/cache")'], command: [] },
    ...{ networks: [], pids: 512, tmpfs: {}, labels: {}, variables: {}, isService: true },
  };
  await assert.rejects(
    runContainer(inputs, { signal: t.signal, progress: () => {} }),
    /^UserError: job ended with exit code 1\. [^\n]*\nHint: the root file system is read-only; list the folder under `tmpfs`/,
  );
});
