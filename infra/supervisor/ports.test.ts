import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { test } from 'vitest';
import { portHolder } from './port-holder.ts';
import { canListen, reservePort } from './ports.ts';
import { unless } from '../../tools/testing/unless.ts';

const host = '127.0.0.1';

test('a reserved port is free, and no other reservation gets it until it is released', async (t) => {
  const reserved = await Promise.all(Array.from({ length: 50 }, () => reservePort(host)));
  t.onTestFinished(() => reserved.forEach(({ release }) => release()));
  assert.equal(new Set(reserved.map(({ port }) => port)).size, 50);
  assert.ok(await canListen(host, reserved[0]?.port ?? 0));
});

unless(process.platform === 'linux' ? undefined : 'needs /proc').test(
  'the process that listens on a port is found, also if it listens on all addresses',
  async (t) => {
    for (const address of [host, '0.0.0.0', '::']) {
      const server = createServer().listen({ host: address, port: 0 });
      t.onTestFinished(() => void server.close());
      await once(server, 'listening');
      const bound = server.address();
      assert.ok(bound !== null && typeof bound === 'object');
      assert.equal(await canListen(host, bound.port), false);
      assert.match(portHolder(host, bound.port) ?? '', new RegExp(`^pid ${process.pid} \\(.+\\)$`));
    }
    const { port, release } = await reservePort(host);
    assert.equal(portHolder(host, port), undefined);
    release();
  },
);
