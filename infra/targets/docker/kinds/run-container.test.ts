import assert from 'node:assert/strict';
import { test } from 'vitest';
import { createOptions } from './run-container.ts';

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
