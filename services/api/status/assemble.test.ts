import assert from 'node:assert/strict';
import { test } from 'vitest';
import type { SeenPresence } from '../../shared/presence.ts';
import { assembleServices } from './assemble.ts';

const now = Date.parse('2026-11-20T12:00:00.000Z');
const before = (seconds: number) => new Date(now - seconds * 1_000).toISOString();

function seen(replica: string, secondsAgo: number, changes: Partial<SeenPresence> = {}): SeenPresence {
  return {
    service: 'worker',
    replica,
    deployment: 'd1',
    startedAt: before(3_600),
    interval: 5,
    checks: { redis: true },
    stopped: false,
    seenAt: before(secondsAgo),
    ...changes,
  };
}

/** `healthy worker-1 ready` */
function assemble(...presences: SeenPresence[]): string {
  const [service] = assembleServices(presences, new Map(), now);
  return [service?.state, ...(service?.replicas ?? []).map(({ id, state }) => `${id} ${state}`)].join(' ');
}

test('the state of a service follows from its replicas', () => {
  assert.equal(assemble(seen('w-1', 1), seen('w-2', 14)), 'healthy w-1 ready w-2 ready');
  const failing = seen('w-2', 1, { checks: { redis: false } });
  assert.equal(assemble(seen('w-1', 1), failing), 'degraded w-1 ready w-2 not_ready');
});

test('a replica that stops reporting is gone', () => {
  assert.equal(assemble(seen('w-1', 1), seen('w-2', 16)), 'degraded w-1 ready w-2 gone');
  assert.equal(assemble(seen('w-1', 60)), 'gone w-1 gone');
});

test('a replica that was replaced or has reported its stop is not gone, unless it was the last one', () => {
  const successor = seen('w-3', 1, { startedAt: before(20) });
  assert.equal(assemble(seen('w-2', 30), successor), 'healthy w-3 ready');
  assert.equal(assemble(seen('w-1', 1), seen('w-2', 30, { stopped: true })), 'healthy w-1 ready');
  assert.equal(assemble(seen('w-1', 30, { stopped: true })), 'gone');
});

test('a scheduled service is gone when it misses three runs', () => {
  const run = (secondsAgo: number) => assemble(seen('run', secondsAgo, { interval: 300 }));
  assert.equal(run(800), 'healthy run ready');
  assert.equal(run(901), 'gone run gone');
});
