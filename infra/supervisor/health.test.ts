import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'vitest';
import { probesOf, watchHealth } from './health.ts';
import { probeCommand } from './probe-command.ts';

test('a process that was ready before stays ready after one failed check, and liveness checks continue', async (t) => {
  const asked = new Set<string>();
  let answers = 0;
  const enough = new AbortController();
  const server = createServer(({ url = '' }, response) => {
    asked.add(url);
    const failed = url === '/ready' && answers++ === 0;
    response.writeHead(failed ? 503 : 200).end();
    if (answers > 1 && asked.has('/health')) enough.abort();
  }).listen(0, '127.0.0.1');
  t.onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const told: string[] = [];
  const events = {
    ready: () => told.push('ready'),
    unready: () => told.push('unready'),
    dead: () => told.push('dead'),
  };
  const health = { path: '/health', ready: '/ready' };
  const probes = probesOf(health, { host: '127.0.0.1', port }, () => assert.fail());
  await assert.rejects(watchHealth(probes, events, enough.signal, 'ready'), { name: 'AbortError' });
  assert.deepEqual(told, []);
});

test('a command decides whether a process is ready, and its output says why it is not', async (t) => {
  const cwd = mkdtempSync(join(tmpdir(), 'railhead-'));
  t.onTestFinished(() => rmSync(cwd, { recursive: true }));
  const enough = new AbortController();
  const told: string[] = [];
  const events = {
    unready: (check: string) => {
      told.push(check);
      writeFileSync(join(cwd, 'ready'), '');
    },
    ready: () => {
      told.push('ready');
      enough.abort();
    },
    dead: () => assert.fail(),
  };
  const command = 'echo "not yet: $WHO"; test -f ready';
  let runs = 0;
  const probes = probesOf({ command }, undefined, (line) => (timeout) => {
    runs++;
    assert.ok(timeout >= 5000);
    return probeCommand(line, { cwd }, { WHO: 'web', PATH: process.env.PATH ?? '' }, timeout);
  });
  await assert.rejects(watchHealth(probes, events, enough.signal), { name: 'AbortError' });
  assert.deepEqual(told, [`${command}: exit code 1 not yet: web`, 'ready']);
  assert.equal(runs, 2, 'each round runs the command once');
});

test('a command that hangs is ended with all its processes', async () => {
  const found = await probeCommand('sleep 3600 & wait', { cwd: '/' }, { PATH: process.env.PATH ?? '' }, 200);
  assert.equal(found, 'sleep 3600 & wait: no result within 0.2 s');
});
