import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { test } from 'vitest';
import { workloadOf } from '../cli/testing.ts';
import { scratch } from '../stack/scratch.ts';
import { writeSpec } from '../supervisor/files.ts';
import type { StateResource } from '../targets/shared/data.ts';
import { recordedIdentity } from './recorded-identity.ts';

const resource = (type: string, name: string, outputs: Record<string, unknown> = {}): StateResource => ({
  urn: `urn:pulumi:dev::railhead::${type}::${name}`,
  type,
  outputs,
});

test('a state without a record of the identity holds the stack name in the resources of each target', async (t) => {
  const root = scratch(t, {});
  const { folder, spec } = workloadOf(root, 'api', { env: { RAILWAY_PROJECT_NAME: 'shop' } });
  mkdirSync(folder, { recursive: true });
  writeSpec(folder, { ...spec, request: '1' });
  const stackOf = async (...resources: StateResource[]) =>
    (await recordedIdentity(resources, { root, environment: 'dev' }))?.stack;
  const labels = [{ label: 'railhead.stack', value: 'shop' }];
  const stack = resource('pulumi:pulumi:Stack', 'railhead-dev');
  assert.equal(await stackOf(stack, resource('kubernetes:core/v1:Namespace', 'shop-dev')), 'shop');
  assert.equal(await stackOf(stack, resource('docker:index/volume:Volume', 'db', { labels })), 'shop');
  assert.equal(await stackOf(stack, resource('railhead:process:Service', 'api')), 'shop');
  assert.equal(await stackOf(stack), undefined);
  assert.equal(await stackOf(), undefined);
});

test('the record of the identity comes first', async () => {
  const record = { stack: 'before', data: '{}', owner: 'me' };
  const resources = [
    resource('kubernetes:core/v1:Namespace', 'shop-dev'),
    resource('railhead:generated:Identity', 'identity', record),
  ];
  assert.deepEqual(await recordedIdentity(resources, { root: '/clone', environment: 'dev' }), {
    stack: 'before',
    data: {},
    owner: 'me',
  });
});
