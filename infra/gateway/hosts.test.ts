import assert from 'node:assert/strict';
import { test } from 'vitest';
import type { GatewayConfig } from './config.ts';
import { ask, startOrigin, startWorker } from './testing/harness.ts';

async function statusesOf(hosts: GatewayConfig['hosts'], asked: string[]): Promise<Record<string, number>> {
  const origin = await startOrigin((_request, response) => void response.end('reached'));
  const routes = [{ path: '/*', origin: origin.url }];
  const gateway = await startWorker({ routes, ...(hosts && { hosts }) });
  try {
    const statusOf = async (host: string) => (await ask(gateway.url, '/', { headers: { host } })).status;
    const statuses: Record<string, number> = {};
    for (const host of asked) statuses[host] = await statusOf(host);
    return statuses;
  } finally {
    await gateway.stop();
    origin.close();
  }
}

test('a gateway without configured hosts accepts only its own address', async () => {
  assert.deepEqual(await statusesOf(undefined, ['127.0.0.1', '127.0.0.1:80', 'evil.example', '6.6.6.6']), {
    '127.0.0.1': 200,
    '127.0.0.1:80': 200,
    'evil.example': 421,
    '6.6.6.6': 421,
  });
});

test('configured names and wildcard subdomains are accepted, and addresses if all are', async () => {
  const hosts = { names: ['app.example', '*.tenants.example'], addresses: true };
  const served = ['app.example', 'APP.example:8080', 'a.tenants.example', 'a.b.tenants.example', '192.0.2.7'];
  const refused = ['x.app.example', 'tenants.example', 'eviltenants.example', 'app.example.evil', '1.evil'];
  const all = await statusesOf(hosts, [...served, '[2001:db8::7]:80', ...refused]);
  for (const [host, status] of Object.entries(all))
    assert.equal(status, refused.includes(host) ? 421 : 200, host);
});

test('a page of a foreign host writes nothing, and the response explains how to add the host', async () => {
  let reached = 0;
  const origin = await startOrigin((_request, response) => void response.end(String(++reached)));
  const gateway = await startWorker({ routes: [{ path: '/*', origin: origin.url }] });
  try {
    const headers = { host: 'evil.example:8080', origin: 'http://evil.example:8080' };
    const { status, body } = await ask(gateway.url, '/shifts', { method: 'POST', headers, body: '{}' });
    assert.equal(status, 421);
    assert.match(body, /unknown_host.*evil\.example is not a host.*gateway\.hosts in the stack file/);
    assert.equal(reached, 0);
    assert.equal((await ask(gateway.url, '/health', { headers })).status, 200);
  } finally {
    await gateway.stop();
    origin.close();
  }
});
