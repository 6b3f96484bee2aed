import { afterAll, beforeAll, test } from 'vitest';
import { Redis } from 'ioredis';
import { startFaultProxy } from '../../../tests/chaos/fault-proxy.ts';
import { eventually } from '../../../tools/testing/eventually.ts';
import { silent } from '../../../tests/rota.ts';
import { startRedis, type TestServer } from '../../../tests/servers.ts';
import { openRedis, waitForRedis } from '../../shared/redis.ts';
import { createServer } from '../../shared/server.ts';
import { addLiveRoute } from './live.ts';

let redis: TestServer;

beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.close());

test('it subscribes again after a reconnect, and may close before that', async (t) => {
  const publisher = new Redis(redis.url);
  const proxy = await startFaultProxy({ host: '127.0.0.1', port: Number(new URL(redis.url).port) });
  const app = createServer(silent);
  t.onTestFinished(() => {
    publisher.disconnect();
    proxy.close();
  });
  const subscriber = openRedis(app, `redis://127.0.0.1:${proxy.port}`, waitForRedis);
  await addLiveRoute(app, subscriber);
  const hears = async () => {
    let heard = false;
    subscriber.once('message', () => (heard = true));
    await eventually(async () => {
      await publisher.publish('rota.live', '{}');
      return heard;
    });
  };
  const reconnect = async (act: () => void) => {
    const back = new Promise<void>((resolve) => subscriber.once('ready', () => resolve(act())));
    proxy.fail({ kind: 'reset' });
    proxy.fail(undefined);
    await back;
  };

  await hears();
  await reconnect(() => {});
  await hears();
  // The subscription gets no reply any more. An unhandled rejection would fail this file.
  await reconnect(() => proxy.fail({ kind: 'drop' }));
  await app.close();
  await eventually(() => subscriber.status === 'end');
});
