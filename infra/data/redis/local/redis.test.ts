import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'vitest';
import type { ServiceError } from '@grpc/grpc-js';
import { Redis } from 'ioredis';
import { loopbackAddress } from '../../../targets/process/address.ts';
import { servicePaths } from '../../../supervisor/paths.ts';
import { decodeProperties } from '../../../provider/wire.ts';
import { readWorkload } from '../../../supervisor/control.ts';
import { environment, startPlugin, temporaryRoot, urn } from '../../../targets/process/testing/plugin.ts';

const queue = urn('Redis', 'queue');

test('Redis has a password, an append-only file and no eviction, and its data outlive the server', async (t) => {
  const plugin = await startPlugin(t);
  const root = temporaryRoot(t);
  const inputs = redisInputs(root);
  const created = decodeProperties((await plugin.create(queue, inputs)).getProperties());
  assert.deepEqual(created.secrets, [['password']]);
  const host = loopbackAddress(root, environment);
  const connect = (password: unknown) => {
    const client = new Redis({
      host,
      port: 6379,
      password: String(password),
      lazyConnect: true,
      retryStrategy: () => null,
    });
    client.on('error', () => {}); // The command rejects with the same error.
    t.onTestFinished(() => client.disconnect());
    return client;
  };
  await assert.rejects(connect('wrong').ping());
  const client = connect(created.values.password);
  await client.set('shift', 'Ada');
  const setting = async (name: string) => JSON.stringify(await client.config('GET', name));
  assert.match(await setting('appendonly'), /"yes"/);
  assert.match(await setting('appendfsync'), /"everysec"/);
  assert.match(await setting('maxmemory-policy'), /"noeviction"/);
  client.disconnect();

  const [server] = readWorkload(servicePaths({ root, environment, name: 'queue' }).workload)?.replicas ?? [];
  assert.ok(server);
  if (process.platform === 'linux') {
    const argv = readFileSync(`/proc/${server.pid}/cmdline`, 'utf8');
    assert.ok(!argv.includes(String(created.values.password)));
  }
  await plugin.delete(queue, inputs);
  const again = decodeProperties((await plugin.create(queue, inputs)).getProperties());
  assert.equal(await connect(again.values.password).get('shift'), 'Ada');
});

test('settings reach Redis, and a value that it refuses is an error with its reason and costs no data', async (t) => {
  const plugin = await startPlugin(t);
  const root = temporaryRoot(t);
  const host = loopbackAddress(root, environment);
  const withSettings = (settings: object) => {
    const { values, secrets } = redisInputs(root);
    return { values: { ...values, settings }, secrets };
  };
  const first = withSettings({ 'maxmemory-policy': 'allkeys-lru', activedefrag: false });
  const { values } = decodeProperties((await plugin.create(queue, first)).getProperties());
  const open = () => {
    const client = new Redis({ host, port: 6379, password: String(values.password) });
    t.onTestFinished(() => client.disconnect());
    return client;
  };
  const client = open();
  assert.deepEqual(await client.config('GET', 'maxmemory-policy'), ['maxmemory-policy', 'allkeys-lru']);
  await client.set('shift', 'Ada');
  client.disconnect();
  await assert.rejects(
    plugin.update(queue, withSettings({ 'maxmemory-policy': 'all' })),
    ({ details }: ServiceError) => {
      assert.match(details, /queue-\d ended with exit code 1, restarts: 1\.[^]*maxmemory-policy all/);
      return true;
    },
  );
  await plugin.update(queue, withSettings({ timeout: 900 }));
  const again = open();
  assert.equal(await again.get('shift'), 'Ada');
  assert.deepEqual(await again.config('GET', 'timeout'), ['timeout', '900']);
});

test('Redis 7 reads the data and the password of Redis 6', async (t) => {
  const plugin = await startPlugin(t);
  const root = temporaryRoot(t);
  const host = loopbackAddress(root, environment);
  const open = (password: unknown) => {
    const client = new Redis({ host, port: 6379, password: String(password) });
    t.onTestFinished(() => client.disconnect());
    return client;
  };
  const old = decodeProperties((await plugin.create(queue, redisInputs(root, '6'))).getProperties());
  const client = open(old.values.password);
  assert.match(await client.info('server'), /redis_version:6\.2\./);
  await client.set('shift', 'Ada');
  client.disconnect();
  await plugin.update(queue, redisInputs(root, '7'));
  assert.equal(await open(old.values.password).get('shift'), 'Ada');
});

function redisInputs(root: string, version = '7') {
  const host = loopbackAddress(root, environment);
  const values = { root, environment, name: 'queue', version, host, port: 6379, state: 'ready' };
  return { values, secrets: [] };
}
