import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { createGatewaySigner, gatewaySignature } from 'railhead/gateway';
import { createTokenSigner } from 'railhead/service-token';
import { ask } from '../../infra/gateway/testing/harness.ts';
import { describeLoad } from '../chaos/load.ts';
import { countNotifications, startWrites } from '../chaos/shifts.ts';
import { System } from '../chaos/system.ts';
import { startReads } from '../chaos/traffic.ts';

/** Tests infra/decisions/0009-keys-rotate-by-generation.md on the reference system. The tests depend on their order. */
describe('keys rotate', () => {
  const system = new System();
  /** The private keys of generation 1. */
  let first: { gateway: string; worker: string };

  beforeAll(async () => {
    await system.start();
    first = keysOf(system);
  });

  afterAll(() => system.close());

  test('no request is refused meanwhile, and every notification arrives', async () => {
    const reads = startReads(system.url, { rate: 45 });
    const writes = startWrites(system, 'rotation', 5);
    await writes.reach(5);
    await rotate(system, 2);
    await writes.reach(writes.acknowledged.length + 5);
    const results = await Promise.all([reads.stop(), writes.stop()]);
    console.log(results.map((result) => `${result.sent} requests: ${describeLoad(result)}`).join(' | '));
    const refused = results.flatMap(({ failures }) => [...failures.keys()]).filter(isNoGap);
    assert.deepEqual(refused, []);
    assert.deepEqual(await countNotifications(system, writes.acknowledged), { lost: 0, doubled: 0 });
    const second = keysOf(system);
    assert.notEqual(second.gateway, first.gateway);
    assert.notEqual(second.worker, first.worker);
  });

  test('a key is valid for one more generation, and not after that', async () => {
    assert.deepEqual(await answers(system, first), { gateway: 200, worker: 200 });
    await rotate(system, 3);
    assert.deepEqual(await answers(system, first), { gateway: 401, worker: 401 });
    assert.deepEqual(await answers(system, keysOf(system)), { gateway: 200, worker: 200 });
    await system.healthy();
  });
});

/** Excludes connection errors: the gateway's process holds the port itself, so a restart of it refuses connections. */
function isNoGap(failure: string): boolean {
  return failure !== 'ECONNREFUSED' && failure !== 'ECONNRESET';
}

async function rotate(system: System, generation: number): Promise<void> {
  const pulumi = ['npm', 'run', 'pulumi', '--', 'config', 'set', 'railhead:keyGeneration', `${generation}`];
  await system.mustRun(...pulumi, '-s', 'dev');
  await system.mustRun('npm', 'run', 'up');
}

/** Returns the current private keys of the gateway and the worker. */
function keysOf(system: System): { gateway: string; worker: string } {
  const config = readFileSync(join(system.folder('gateway'), 'gateway.json'), 'utf8');
  const { signingKey } = JSON.parse(config) as { signingKey: string };
  return { gateway: signingKey, worker: system.variable('worker', 'SIGNING_KEY') };
}

/** Sends requests with these keys directly to the api, and returns the status codes. */
async function answers(system: System, keys: { gateway: string; worker: string }) {
  const api = system.variable('worker', 'API_URL');
  const target = '/api/v1/shifts?pageSize=1';
  const signGateway = await createGatewaySigner(keys.gateway);
  const signature = await signGateway({ method: 'GET', target, client: '192.0.2.7' });
  const signWorker = await createTokenSigner(keys.worker, { issuer: 'worker', audience: 'api' });
  const authorization = `Bearer ${await signWorker()}`;
  const [gateway, worker] = await Promise.all([
    ask(api, target, { headers: { [gatewaySignature]: signature } }),
    ask(api, '/internal/cleanup', { method: 'POST', headers: { authorization } }),
  ]);
  return { gateway: gateway.status, worker: worker.status };
}
