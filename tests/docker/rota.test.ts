import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, test } from 'vitest';
import { containersOf, docker } from '../../infra/targets/docker/testing/daemon.ts';
import { succeed } from '../../infra/targets/testing/system.ts';
import { eventually } from '../../tools/testing/eventually.ts';
import { startClients } from './clients.ts';
import { lack } from './deployed.ts';
import { assertHardened } from './hardened.ts';
import { assertIsolated } from './isolation.ts';
import { serviceOf } from './reach.ts';
import { createRota, labels, type DockerRota } from './system.ts';
import { isRemembered, useRota } from './use.ts';
import { unless } from '../../tools/testing/unless.ts';

const patience = 180_000;
/** Number of requests that must still succeed after the old containers are gone. */
const requestsAfter = 300;

/** Tests the reference system on a Docker daemon with the real engine and provider. The tests depend on their order. */
unless(lack).describe('rota on the target docker', () => {
  let rota: DockerRota;
  const up = () => succeed(rota.system.up());
  const ids = (service?: string) =>
    containersOf({ ...labels, ...(service && { service }) }).map(({ Id }) => Id);
  const change = (file: string) =>
    appendFileSync(join(rota.system.root, file), `\nconsole.log('another version');\n`);

  /** Sends up to 100 requests a second during `work`, until `done`, and for some time after. Returns the failures. */
  const failuresDuring = async (work: () => Promise<unknown>, done: () => boolean): Promise<string[]> => {
    // A page takes ten times the CPU of a list: more pages would only test the machine.
    const clients = startClients(rota.url, (index) => (index % 20 === 0 ? '/' : '/api/v1/shifts'));
    const more = async () => {
      const before = clients.answered();
      await eventually(() => clients.answered() > before + requestsAfter, patience);
    };
    const start = performance.now();
    await more();
    await work();
    await eventually(done, patience);
    await more();
    const failures = await clients.stop();
    const rate = (clients.answered() / (performance.now() - start)) * 1_000;
    console.log(`${clients.answered()} answered, ${rate.toFixed()} a second, ${failures.length} failed`);
    return failures;
  };

  beforeAll(async () => {
    rota = await createRota();
  });
  afterAll(() => rota.close());

  test('pulumi up creates it, and a second preview finds no changes', async () => {
    await up();
    await succeed(rota.system.pulumi('preview', '--refresh', '--expect-no-changes'));
  });

  test('it works through the gateway', () => useRota(rota.url, 'Ada Lovelace'));

  test('every container complies with the CIS benchmark', () => containersOf(labels).forEach(assertHardened));

  test('connections between services are limited to those of the graph', () =>
    assertIsolated(labels, Number(new URL(rota.url).port)));

  for (const [service, file] of [
    ['api', 'services/api/main.ts'],
    ['web', 'services/web/main.ts'],
  ] as const) {
    test(`only ${service} is updated, and no request fails`, async () => {
      const others = () =>
        containersOf(labels)
          .filter((container) => serviceOf(container) !== service || isBalancer(container.Config.Labels))
          .map(({ Id }) => Id);
      const old = containersOf({ ...labels, service, role: 'replica' }).map(({ Id }) => Id);
      const keep = others();
      change(file);
      assert.deepEqual(await failuresDuring(up, () => old.every(isGone)), []);
      assert.deepEqual(others(), keep);
      assert.equal(containersOf({ ...labels, service, role: 'replica' }).length, old.length);
    });
  }

  test('balancers are replaced, also those that use the old address of another, and no request fails', async () => {
    const old = containersOf({ ...labels, role: 'balancer' }).map(({ Id }) => Id);
    // What a balancer runs: nothing builds dist/ of the copy again.
    change('dist/programs/balancer/main.js');
    assert.deepEqual(await failuresDuring(up, () => old.every(isGone)), []);
  });

  test('a killed replica and a killed Redis are restarted', async () => {
    const [replica] = containersOf({ ...labels, service: 'api', role: 'replica' });
    const [redis] = containersOf({ ...labels, service: 'redis' });
    const killed = [replica!, redis!];
    const isBack = ({ Id, State: { Pid } }: (typeof killed)[number]) =>
      containersOf(labels).some(
        ({ Id: id, State }) => id === Id && State.Pid !== Pid && State.Health?.Status === 'healthy',
      );
    // After `docker kill`, Docker would not restart the container.
    const crash = () => Promise.resolve(killed.forEach(({ State }) => process.kill(State.Pid, 'SIGKILL')));
    // The gateway retries reads once, so at most a few requests that the replica was processing fail.
    const failures = await failuresDuring(crash, () => killed.every(isBack));
    assert.ok(failures.length <= 3, failures.join('\n'));
    await useRota(rota.url, 'Grace Hopper');
  });

  test('down deletes everything but the data', async () => {
    await succeed(rota.system.down());
    assert.deepEqual(ids(), []);
    await up();
    assert.ok(await isRemembered(rota.url, 'Ada Lovelace'));
  });
});

function isGone(id: string): boolean {
  return docker('ps', '--all', '--quiet', '--filter', `id=${id}`).trim() === '';
}

function isBalancer(containerLabels: Record<string, string>): boolean {
  return containerLabels['railhead.role'] === 'balancer';
}
