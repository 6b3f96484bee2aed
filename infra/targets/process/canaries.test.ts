import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'vitest';
import { startTraffic } from '../../canary/testing/traffic.ts';
import { applyWorkload } from '../../supervisor/control.ts';
import { readOrder, writeOrder } from '../../supervisor/files.ts';
import { nextVersion, setScene, urlOf } from '../../supervisor/testing.ts';
import type { LiveCanary } from '../shared/canaries.ts';
import { processCanaries } from './canaries.ts';

const plan = { steps: [10, 50], analysis: { errors: 1, for: 1, minRequests: 0 } };

test('a canary is reported with its step and versions, and as held when its command has ended', async (t) => {
  const scene = setScene(t);
  const folder = scene.folder('api');
  const services = join(scene.root, 'services');
  const spec = await scene.spec('api', { canary: plan, replicas: 2, artifact: 'old' });
  await applyWorkload(folder, spec);
  assert.deepEqual(processCanaries(services), []);
  const traffic = startTraffic(urlOf(spec));
  t.onTestFinished(async () => void (await traffic()));
  const seen: LiveCanary[] = [];
  const progress = (line: string) => {
    seen.push(...processCanaries(services));
    if (line.includes('canary at 50 %,')) throw new Error('killed');
  };
  await assert.rejects(
    applyWorkload(folder, nextVersion(spec, '2', { artifact: 'new' }), { progress }),
    /killed/,
  );
  const { since = '', ...last } = seen.at(-1) ?? {};
  const reported = {
    ...{ service: 'api', weight: 50, step: 2, steps: [10, 50] },
    newVersion: { artifact: 'new', replicas: ['api-3', 'api-4'] },
    oldVersion: { artifact: 'old', replicas: ['api-1', 'api-2'] },
  };
  assert.deepEqual(last, reported);
  assert.ok(Date.now() - Date.parse(since) < 60_000);

  const { pid } = spawnSync('true');
  writeOrder(folder, { ...readOrder(folder)!, by: { pid, startTime: 'ended' } });
  const [held] = processCanaries(services);
  assert.deepEqual(held, {
    ...{ ...reported, since },
    held: 'no command directs it. The next update gives all requests to the old version first',
  });
});
