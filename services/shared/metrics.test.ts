import assert from 'node:assert/strict';
import { test } from 'vitest';
import { Gauge } from 'prom-client';
import { silent } from '../../tests/rota.ts';
import { addMetrics } from './metrics.ts';
import { createServer } from './server.ts';

const app = createServer(silent);
const register = addMetrics(app);
app.get('/shifts/:id', () => 'here');

test('requests are counted by route, not by URL', async () => {
  for (const url of ['/shifts/1', '/shifts/2?secret=hunter2', '/nothing/hunter2']) await app.inject(url);
  const { body, headers } = await app.inject('/metrics');
  assert.match(String(headers['content-type']), /^text\/plain; version=0\.0\.4/);
  const count = 'http_request_duration_seconds_count';
  assert.ok(body.includes(`${count}{method="GET",route="/shifts/:id",status="200"} 2\n`), body);
  assert.ok(body.includes(`${count}{method="GET",route="none",status="404"} 1\n`), body);
  assert.doesNotMatch(body, /hunter2/);
});

test('process metrics are reported without observing garbage collection', async () => {
  const { body } = await app.inject('/metrics');
  const value = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(body)?.[1]);
  assert.ok(value('process_cpu_seconds_total') > 0);
  assert.ok(value('process_resident_memory_bytes') > 1e7);
  assert.ok(Math.abs(value('process_start_time_seconds') - Date.now() / 1_000) < 600);
  assert.doesNotMatch(body, /_gc_/);
});

test('a service can register further metrics', async () => {
  new Gauge({ name: 'more', help: 'More.', registers: [register] }).set(7);
  assert.match((await app.inject('/metrics')).body, /^more 7$/m);
});
