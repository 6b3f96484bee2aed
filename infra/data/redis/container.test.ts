import assert from 'node:assert/strict';
import { Redis } from 'ioredis';
import { eventually } from '../../../tools/testing/eventually.ts';
import { localImage, testServer } from '../testing/docker.ts';
import { redisContainer } from './container.ts';
import { unless } from '../../../tools/testing/unless.ts';

const { image, lack } = localImage('redis:8', 'redis:7');

unless(lack).test(
  'keys survive a kill, a full memory refuses writes, and clients need the password',
  async (t) => {
    const resources = { memory: { bytes: 2 ** 26, text: '64Mi' } };
    const storage = { bytes: 1, text: '1Gi' };
    const config = { kind: 'redis', version: '7', port: 6379, storage, resources } as const;
    const container = redisContainer(config);
    const server = testServer(t, image);
    const start = async () => {
      const port = server.start(container, { default: 'open-sesame' });
      await eventually(() => server.probe(container.probes.ready));
      assert.ok(server.probe(container.probes.alive));
      return (password: string) => connect(port, password);
    };

    let as = await start();
    const client = as('open-sesame');
    await client.set('kept', 'yes');
    // Waits until Redis has passed the write to the kernel, which it may delay until an earlier sync has ended.
    await eventually(async () => (await client.info('persistence')).includes('aof_buffer_length:0\r'));
    assert.deepEqual(await client.config('GET', 'maxmemory'), ['maxmemory', String(2 ** 26 * 0.75)]);
    await client.config('SET', 'maxmemory', '1');
    await assert.rejects(client.set('more', 'data'), /OOM command not allowed/);
    client.disconnect();
    server.kill();

    as = await start();
    const again = as('open-sesame');
    assert.equal(await again.get('kept'), 'yes');
    again.disconnect();
    const stranger = as('guess');
    await assert.rejects(stranger.get('kept'), /NOAUTH|WRONGPASS/);
    stranger.disconnect();
    const { code, log } = server.stop();
    assert.equal(code, 0);
    assert.ok(!log.includes('open-sesame'));
  },
);

function connect(port: number, password: string): Redis {
  const client = new Redis({ port, password, maxRetriesPerRequest: 1 });
  client.on('error', () => {}); // Each command rejects with the wrong password, too.
  return client;
}
