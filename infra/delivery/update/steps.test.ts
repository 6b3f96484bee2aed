import assert from 'node:assert/strict';
import { test } from 'vitest';
import { stepsOf } from './steps.ts';
import { step } from './testing.ts';

test('the resources of a service are one step, and its preDeploy and image are steps of their own on every target', () => {
  const events = [
    ...step('create', { service: 'api' }, [1000, 1010]),
    ...step('create', { service: 'api', type: 'docker:index/image:Image' }, [1010, 1400]),
    ...step('create-replacement', { service: 'api', type: 'railhead:process:PreDeploy' }, [1400, 1900]),
    ...step(
      'create',
      { service: 'db', type: 'kubernetes:batch/v1:Job', name: 'db-predeploy-1' },
      [1500, 1600],
    ),
    ...step('create', { service: 'api', type: 'kubernetes:core/v1:ConfigMap' }, [1900, 1920]),
    ...step('update', { service: 'api', type: 'kubernetes:apps/v1:Deployment' }, [1930, 2500]),
    ...step('delete-replaced', { service: 'api', type: 'railhead:process:PreDeploy' }, [9000, 9010]),
  ];
  assert.deepEqual(stepsOf(events, 1000), [
    { service: 'api', what: 'image', from: 10, to: 400 },
    { service: 'api', what: 'preDeploy', from: 400, to: 900 },
    { service: 'db', what: 'preDeploy', from: 500, to: 600 },
    { service: 'api', what: 'rollout', from: 900, to: 1500 },
  ]);
});

test('a step begins after the last wait for other services, and fails if an earlier part of it failed', () => {
  const service = { service: 'web', type: 'railhead:process:Service' };
  const key = { service: 'web', type: 'railhead:generated:KeyPair', name: 'web-key-1' };
  const container = { service: 'web', type: 'docker:index/container:Container', name: 'web-1' };
  const events = [
    ...step('create', key, [0, 10]),
    ...step('create', container, [5000, 5100]),
    ...step('create', service, [5300, 9000]),
  ];
  assert.deepEqual(stepsOf(events, 0), [{ service: 'web', what: 'rollout', from: 5000, to: 9000 }]);
  const failed = [
    ...step('create', { ...key, failed: true }, [0, 10]),
    ...step('create', service, [5300, 9000]),
  ];
  assert.deepEqual(stepsOf(failed, 0), [
    { service: 'web', what: 'rollout', from: 5300, to: 9000, failed: true },
  ]);
});

test('a service may be called predeploy, and resources of no service belong to the environment', () => {
  const events = [
    ...step('update', { service: 'predeploy', type: 'railhead:process:Service' }, [0, 5]),
    ...step('create', { type: 'docker:index/network:Network' }, [1, 2]),
  ];
  assert.deepEqual(
    stepsOf(events, 0).map(({ service, what }) => [service, what]),
    [
      ['predeploy', 'rollout'],
      ['environment', 'rollout'],
    ],
  );
});

test('what is the same or only read is no step, nor is what Railhead records', () => {
  const events = [
    ...step('refresh', { service: 'api', type: 'railhead:process:Service' }, [0, 9]),
    ...step('same', { service: 'api', type: 'railhead:process:Service' }, [9, 20]),
    ...step('update', { type: 'railhead:generated:Release', name: 'release' }, [20, 30]),
  ];
  assert.deepEqual(stepsOf(events, 0), []);
});

test('a step of which one resource fails has failed', () => {
  const events = [
    ...step('update', { service: 'api', type: 'railhead:process:Service', failed: true }, [0, 9]),
    ...step('create', { service: 'api', type: 'kubernetes:core/v1:Service' }, [1, 2]),
  ];
  assert.deepEqual(stepsOf(events, 0), [{ service: 'api', what: 'rollout', from: 0, to: 9, failed: true }]);
});
