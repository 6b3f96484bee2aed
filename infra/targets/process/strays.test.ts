import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'vitest';
import { applyWorkload, readWorkload } from '../../supervisor/control.ts';
import { listFailed } from '../../supervisor/failed.ts';
import { removeSpec } from '../../supervisor/files.ts';
import { isAlive } from '../../common/process-identity.ts';
import { setScene } from '../../supervisor/testing.ts';
import { stopStrays } from './strays.ts';

const sleeps = { command: 'exec sleep 1000' };

test('services that are not in the state are stopped, also after an interrupted stop', async (t) => {
  const scene = setScene(t);
  const services = join(scene.root, 'services');
  for (const name of ['wanted', 'known', 'stray', 'half'])
    await applyWorkload(scene.folder(name), scene.quiet(name, sleeps));
  const half = readWorkload(scene.folder('half'));
  removeSpec(scene.folder('half'));
  const stopped = await stopStrays(services, ['wanted'], () => Promise.resolve(['known']));
  assert.deepEqual(stopped.toSorted(), ['half', 'stray']);
  for (const name of ['wanted', 'known']) assert.equal(readWorkload(scene.folder(name))?.state, 'ready');
  for (const name of ['stray', 'half']) assert.equal(readWorkload(scene.folder(name)), undefined);
  assert.ok(half && !half.replicas.some(isAlive));
});

test('the state is read only if an unwanted service runs', async (t) => {
  const scene = setScene(t);
  const services = join(scene.root, 'services');
  await applyWorkload(scene.folder('wanted'), scene.quiet('wanted', sleeps));
  const fails = { command: 'exit 1', restart: { policy: 'never', maxRetries: 0 } } as const;
  await assert.rejects(applyWorkload(scene.folder('gone'), scene.quiet('gone', fails)));
  assert.deepEqual(
    listFailed(services).map(({ name }) => name),
    ['gone'],
  );
  const readState = () => Promise.reject(new Error('read'));
  assert.deepEqual(await stopStrays(services, ['wanted'], readState), []);
  assert.deepEqual(listFailed(services), [], 'the failure of an unwanted service is removed');
  assert.deepEqual(await stopStrays(join(scene.root, 'none'), [], readState), []);
});
