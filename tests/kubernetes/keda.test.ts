import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, test } from 'vitest';
import { lacksDaemon } from '../../infra/targets/docker/testing/daemon.ts';
import { lacksEngine } from '../../infra/targets/testing/system.ts';
import { eventually } from '../../tools/testing/eventually.ts';
import { newShift, postShift } from '../live/rota.ts';
import { applyFirst } from './apply.ts';
import { getObjects, kubectl, lacksCluster } from './cluster.ts';
import { readyPods } from './pods.ts';
import { createRota, type ClusterRota } from './rota.ts';
import { patience } from './system.ts';
import { unless } from '../../tools/testing/unless.ts';

const lack = (await lacksEngine()) ?? (await lacksCluster()) ?? (await lacksKeda()) ?? lacksDaemon();
const milliseconds = patience * 1000;

/**
 * One worker processes ten of them in four seconds, so that the queue stays long enough for every scaler to poll
 * twice.
 */
const jobs = 150;

interface Autoscaler {
  spec: { scaleTargetRef: { name: string } };
  status: { currentMetrics?: { type: string; resource?: { name: string } }[] };
}

/** Tests workers that scale to zero while their queue is empty. The tests depend on their order. */
unless(lack).describe('rota with workers that KEDA scales', () => {
  let rota: ClusterRota;
  const workers = async () => (await readyPods(rota, 'worker')).length;

  beforeAll(async () => {
    rota = await createRota();
    const queue = { name: 'notifications', size: 10, from: 'api' };
    const resources = { cpu: 0.5, memory: '512Mi', requests: { cpu: 0.1, memory: '256Mi' } };
    rota.configure({ worker: { replicas: { min: 0, max: 3, cpu: 90, memory: 90, queue }, resources } });
    slowDown(rota);
    await rota.loadImages();
    await applyFirst(rota, await rota.render());
  });
  afterAll(() => rota.close());

  test('without a job there is no worker', async () => {
    await eventually(async () => (await workers()) === 0, milliseconds);
    const ready = ['--for=condition=Ready', `--timeout=${patience}s`];
    await kubectl('wait', 'scaledobject/worker', rota.inNamespace, ...ready);
  });

  test('jobs scale the workers up to the maximum, with one scaler for queue, CPU and memory', async () => {
    const url = await rota.url();
    await eventually(async () => (await fetch(url)).ok, milliseconds);
    for (let job = 0; job < jobs; job++) await postShift(url, newShift({ employee: `Employee ${job}` }));
    await eventually(async () => (await workers()) === 3, milliseconds);
    // The metrics of a new pod are available only after some time.
    const read = await eventually(async () => {
      const scalers = await getObjects<Autoscaler>('horizontalpodautoscalers', rota.inNamespace);
      const scaler = scalers.find(({ spec }) => spec.scaleTargetRef.name === 'worker');
      const names = scaler?.status.currentMetrics?.map(({ type, resource }) => resource?.name ?? type);
      return names?.every((name) => name !== '') && names;
    }, milliseconds);
    assert.deepEqual(read.toSorted(), ['External', 'cpu', 'memory']);
  });

  test('the workers process all jobs, and scale to zero again', async () => {
    const count = ['psql', '--username=postgres', 'rota', '-Atc', 'select count(*) from notifications'];
    const done = async () => Number(await kubectl('exec', rota.inNamespace, 'postgres-0', '--', ...count));
    await eventually(async () => (await done()) >= jobs, milliseconds);
    await eventually(async () => (await workers()) === 0, milliseconds);
    assert.equal(await done(), jobs);
  });
});

function slowDown({ system }: ClusterRota): void {
  const file = 'services/worker/notifications.ts';
  const source = readFileSync(join(system.root, file), 'utf8');
  const begin = 'return async (job, signal) => {';
  assert.ok(source.includes(begin));
  system.write(file, source.replace(begin, `${begin} await new Promise((done) => setTimeout(done, 4_000));`));
}

/** Returns a reason if no KEDA operator runs. Checks for its metrics API: KEDA's definitions alone scale nothing. */
async function lacksKeda(): Promise<string | undefined> {
  if ((await lacksCluster()) !== undefined) return undefined;
  return kubectl('get', '--raw', '/apis/external.metrics.k8s.io/v1beta1').then(
    () => undefined,
    () => 'no KEDA runs in the cluster',
  );
}
