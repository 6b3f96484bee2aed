import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'vitest';
import { eventually } from '../../tools/testing/eventually.ts';
import { applyWorkload, readWorkload } from './control.ts';
import { isSpecIntact } from './files.ts';
import { startSupervisor } from './start.ts';
import { ask, setScene } from './testing.ts';

test('an edited spec.json is detected, and the next apply restores it', async (t) => {
  const scene = setScene(t);
  const folder = scene.folder('api');
  const spec = await scene.spec('api');
  const before = await applyWorkload(folder, spec);
  const file = join(folder, 'spec.json');
  const edit = () =>
    writeFileSync(file, readFileSync(file, 'utf8').replace('"VERSION": "1"', '"VERSION": "9"'));
  assert.ok(isSpecIntact(folder));
  edit();
  assert.ok(!isSpecIntact(folder));
  // The running replicas match the spec: apply only writes the file again.
  assert.deepEqual((await applyWorkload(folder, spec)).replicas, before.replicas);
  assert.ok(isSpecIntact(folder));

  edit();
  process.kill(before.supervisor.pid, 'SIGKILL');
  await eventually(() => readWorkload(folder) === undefined);
  startSupervisor(folder);
  await eventually(async () => (await ask(spec).catch(() => undefined))?.version === '9');
  await applyWorkload(folder, spec);
  assert.equal((await ask(spec)).version, '1');
});
