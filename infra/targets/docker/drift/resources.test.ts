import assert from 'node:assert/strict';
import { test } from 'vitest';
import { unless } from '../../../../tools/testing/unless.ts';
import type { DeployedResource } from '../../shared/drift.ts';
import { docker, lacksDaemon } from '../testing/daemon.ts';
import { objects } from '../resources.ts';
import { isOwn, missingImages } from './index.ts';

const base = 'node:24-slim';
const lack =
  lacksDaemon() ?? (docker('images', '--quiet', base) === '' ? `the image ${base} is missing` : undefined);

test('what the program of the project has added is not compared, also of the same provider', () => {
  const labels = [{ label: 'railhead.stack', value: 'shop' }];
  assert.equal(isOwn(resource(objects.container.token, 'tool', {})), false);
  assert.equal(isOwn(resource(objects.container.token, 'shop-dev-api-1', { labels })), true);
  assert.equal(isOwn(resource(objects.image.token, 'mine', { name: base })), false);
  assert.equal(isOwn(resource(objects.image.token, base, { name: base })), true);
  assert.equal(isOwn(resource('random:index:RandomId', 'id', {})), false);
});

unless(lack).test('an image exists by each of its names', async () => {
  const names = [base, `docker.io/library/${base}`, 'node:24-slim-missing'];
  const found = await missingImages(names.map((name) => resource(objects.image.token, name, { name })));
  assert.deepEqual(
    found.map(({ kind, resource: what }) => [kind, what]),
    [['deleted', 'RemoteImage node:24-slim-missing']],
  );
});

function resource(type: string, name: string, inputs: Record<string, unknown>): DeployedResource {
  return { urn: `urn:${name}`, type, name, id: undefined, service: undefined, inputs, secrets: [] };
}
