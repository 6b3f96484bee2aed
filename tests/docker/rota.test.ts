import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { containersOf, lacksDaemon } from '../../infra/targets/docker/testing/daemon.ts';
import { lacksEngine } from '../../infra/targets/testing/system.ts';
import { describeLoad, startLoad } from '../chaos/load.ts';
import { eventually } from '../eventually.ts';
import { newShift, postShift, type Notification } from '../live/rota.ts';
import { lacksPlugin } from '../plugins.ts';
import { createRota, labels, type DockerRota } from './system.ts';

const skip = (await lacksEngine()) ?? lacksPlugin('docker') ?? lacksDaemon() ?? false;
const patience = 30_000;

/** One story, in this order: the reference system on a Docker daemon, by the real engine and provider. */
describe('rota on the target docker', { skip }, () => {
  let rota: DockerRota;
  const url = (path: string) => new URL(path, rota.url);
  const up = async () => {
    const { code, output } = await rota.system.up();
    assert.equal(code, 0, output);
  };
  const names = (service?: string) =>
    containersOf({ ...labels, ...(service && { service }) }).map(({ Name }) => Name);
  const notified = (shiftId: string) =>
    eventually(async () => {
      const { data } = (await (await fetch(url('/api/v1/notifications'))).json()) as { data: Notification[] };
      return data.find((notification) => notification.shiftId === shiftId);
    }, patience);
  const loaded = async (seconds: number, work: () => Promise<unknown>) => {
    const load = startLoad({
      url: rota.url,
      rate: 100,
      request: () => ({ method: 'GET', path: '/api/v1/shifts' }),
    });
    await sleep(1_000);
    await work();
    await sleep(seconds * 1_000);
    const result = await load.stop();
    console.log(`${result.sent} requests, ${result.failed} failed: ${describeLoad(result)}`);
    return result;
  };

  before(async () => {
    rota = await createRota();
  });
  after(() => rota.close());

  test('pulumi up makes it, and a second preview finds nothing to do', async () => {
    await up();
    const { code, output } = await rota.system.pulumi('preview', '--refresh', '--expect-no-changes');
    assert.equal(code, 0, output);
  });

  test('it is used through the gateway', async () => {
    assert.match(await (await fetch(url('/'))).text(), /<html/i);
    const shift = await postShift(rota.url, newShift({ employee: 'Ada Lovelace' }));
    assert.match((await notified(shift.id)).message, /Ada Lovelace/);
  });

  test('a changed service rolls alone, and no request fails', async () => {
    const others = () => names().filter((name) => !/-api-\d/.test(name));
    const [keep, api] = [others(), names('api')];
    appendFileSync(join(rota.system.root, 'services/api/main.ts'), `\nconsole.log('another version');\n`);
    const { failed, failures } = await loaded(5, up);
    assert.equal(failed, 0, JSON.stringify([...failures]));
    assert.deepEqual(others(), keep);
    assert.notDeepEqual(names('api'), api);
  });

  test('a replica and Redis that are killed come back', async () => {
    const [replica] = containersOf({ ...labels, service: 'api', role: 'replica' });
    const [redis] = containersOf({ ...labels, service: 'redis' });
    // `docker kill` would count as the wish of a person, and nothing would be restarted.
    const pids = [replica, redis].map((container) => container!.State.Pid);
    const crash = () => Promise.resolve(pids.forEach((pid) => process.kill(pid, 'SIGKILL')));
    const { failed, sent } = await loaded(5, crash);
    assert.ok(failed <= sent / 100, `${failed} of ${sent} failed`);
    await eventually(
      () =>
        [replica, redis].every((container) =>
          containersOf(labels).some(
            ({ Id, State }) => Id === container!.Id && State.Health?.Status === 'healthy',
          ),
        ),
      patience,
    );
    const shift = await postShift(rota.url, newShift({ employee: 'Grace Hopper' }));
    assert.match((await notified(shift.id)).message, /Grace Hopper/);
  });

  test('down takes all but the data', async () => {
    const { code, output } = await rota.system.down();
    assert.equal(code, 0, output);
    assert.deepEqual(names(), []);
    await up();
    const { data } = (await (await fetch(url('/api/v1/notifications'))).json()) as { data: Notification[] };
    assert.ok(data.some(({ message }) => message.includes('Ada Lovelace')));
  });
});
