import assert from 'node:assert/strict';
import { test } from 'vitest';
import { changesOf } from './changes.ts';
import { errorsOf, parseEvents } from './engine-log.ts';
import { readSteps } from './steps.ts';

const urn = (type: string, name: string) => `urn:pulumi:prod::shop::${type}::${name}`;
const deployment = 'kubernetes:apps/v1:Deployment';
const parent = urn('railhead:index:Service', 'api');

/** The log of a preview: one event per line. */
function log(
  ...events: [kind: 'resourcePreEvent' | 'resOutputsEvent', op: string, name: string, more?: object][]
) {
  const lines = events.map(([kind, op, name, more = {}]) => {
    const side = { parent, inputs: {} };
    const metadata = { op, urn: urn(deployment, name), type: deployment, old: side, new: side, ...more };
    return JSON.stringify({ [kind]: { metadata } });
  });
  return parseEvents(`${lines.join('\n')}\n`);
}

const changes = (...events: Parameters<typeof log>) => changesOf(readSteps(log(...events)).steps);
const change = { type: deployment, name: 'api', service: 'api', operation: 'update', paths: ['spec'] };

test('a live resource that differs is drift, if the update changes it', () => {
  const detailedDiff = { spec: {} };
  const refresh = ['resourcePreEvent', 'refresh', 'api'] as const;
  const update = ['resourcePreEvent', 'update', 'api', { detailedDiff }] as const;
  const drift = { kind: 'drift', resource: 'Deployment api' };
  const differs = ['resOutputsEvent', 'refresh', 'api', { detailedDiff }] as const;
  const status = ['resOutputsEvent', 'refresh', 'api', { detailedDiff: { status: {} } }] as const;
  assert.deepEqual(changes([...refresh], [...differs], [...update]), [{ ...change, drift }]);
  assert.deepEqual(changes([...refresh], [...differs], ['resourcePreEvent', 'same', 'api']), []);
  assert.deepEqual(changes([...refresh], [...status], [...update]), [change]);
  assert.deepEqual(changes([...refresh], ['resOutputsEvent', 'delete', 'api'], [...update]), [
    { ...change, drift },
  ]);
  assert.deepEqual(changes([...refresh], ['resOutputsEvent', 'same', 'api'], [...update], [...differs]), [
    change,
  ]);
});

test('the folder that an image is built from is no change of the image, whose name is the hash of its inputs', () => {
  const type = 'docker:index/image:Image';
  const image = (build: object, imageName = 'shop/api:1') => {
    const side = (inputs: object) => ({ parent, inputs });
    const old = side({
      build: { context: '../a', contextDigest: 'ab', platform: 'linux/amd64' },
      imageName: 'shop/api:1',
    });
    const now = side({ build: { platform: 'linux/amd64', ...build }, imageName });
    const more = { type, urn: urn(type, 'api'), old, new: now, diffs: ['build'] };
    return readSteps(log(['resourcePreEvent', 'update', 'api', more])).steps.length;
  };
  assert.equal(image({ context: '.', contextDigest: 'cd' }), 0);
  assert.equal(image({ context: '.' }), 0);
  assert.equal(image({ context: '.' }, 'shop/api:2'), 1);
  assert.equal(image({ context: '../a', contextDigest: 'ab', args: { A: '1' } }), 1);
});

test('a replacement is one change, and a lost protection is a change of a resource that stays the same', () => {
  const diffs = { diffs: ['spec'] };
  const steps = ['create-replacement', 'replace', 'delete-replaced'] as const;
  assert.deepEqual(
    changes(...steps.map((op) => ['resourcePreEvent', op, 'api', diffs] as Parameters<typeof log>[0])),
    [{ ...change, operation: 'replace' }],
  );
  const old = { parent, protect: true, inputs: {} };
  assert.deepEqual(changes(['resourcePreEvent', 'same', 'api', { old }]), [
    { ...change, paths: ['protect'], unprotected: true },
  ]);
});

test('errors of the engine are shown without its marks of colours', () => {
  const message = '<{%fg 1%}>no such file<{%reset%}>\n';
  const line = (severity: string) => JSON.stringify({ diagnosticEvent: { message, severity } });
  assert.deepEqual(errorsOf(parseEvents(`${line('error')}\n${line('info')}\n`)), ['no such file']);
});
