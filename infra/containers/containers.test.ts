import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'vitest';
import { isSecret } from '../plan/fill.ts';
import { configSecret } from '../plan/hole.ts';
import { readGatewayConfig } from '../gateway/config.ts';
import { stackSchema } from '../stack/schema.ts';
import { containerEnvironment, deploymentId, listeningPort } from './environment.ts';
import { gatewayConfig } from './gateway.ts';
import { valueOf } from '../plan/testing/values.ts';

const noHealth = { port: undefined, health: undefined };
const health = { path: '/health', ready: '/health', timeout: 60 };

test('the gateway can read the configuration that a container mounts', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'railhead-'));
  t.onTestFinished(() => rmSync(folder, { recursive: true }));
  const auth = { jwks: 'https://id.example/keys', issuer: 'id', audience: 'rota' };
  const { gateway } = stackSchema.parse({
    name: 'rota',
    services: { api: { image: 'api', port: 3001 }, web: { image: 'web', port: 3000 } },
    gateway: {
      routes: [
        { path: '/api/*', to: 'api', auth, rateLimit: { requests: 5, period: '10s' } },
        { path: '/*', to: 'web', cache: '1m' },
      ],
      rateLimit: { requests: 100, period: '60s' },
      trustedHeaders: ['X-Tenant-Id'],
    },
  });
  assert.ok(gateway);
  const hosts = { names: ['localhost'], addresses: true };
  const text = gatewayConfig(gateway, ({ to }) => `http://${to}:3000`, hosts, configSecret('KEY'));
  assert.ok(isSecret(text));
  writeFileSync(join(folder, 'config.json'), valueOf<string>(text));
  assert.deepEqual(readGatewayConfig(join(folder, 'config.json')), {
    script: '/app/worker.js',
    workerd: '/app/workerd',
    host: '0.0.0.0',
    port: 8080,
    routes: [
      {
        path: '/api/*',
        origin: 'http://api:3000',
        service: 'api',
        auth,
        rateLimit: { requests: 5, period: 10 },
      },
      { path: '/*', origin: 'http://web:3000', service: 'web', cache: 60 },
    ],
    rateLimit: { requests: 100, period: 60 },
    cors: { origins: [] },
    hosts,
    trustedHeaders: ['x-tenant-id'],
    signingKey: 'value of KEY',
  });
});

test('a container gets HOST and PORT, and declared variables override the defaults', () => {
  assert.equal(listeningPort({ ...noHealth, health }), 8080);
  assert.equal(listeningPort({ port: 3001, health }), 3001);
  assert.equal(listeningPort(noHealth), undefined);
  const variables = { NODE_ENV: 'test', TOKEN: configSecret('t') };
  const environment = containerEnvironment({ ...noHealth, port: 3001 }, 'api:1', variables);
  const { RAILWAY_DEPLOYMENT_ID, TOKEN, ...plain } = environment;
  assert.ok(isSecret(TOKEN!));
  assert.match(valueOf<string>(RAILWAY_DEPLOYMENT_ID), /^[0-9a-f]{16}$/);
  assert.deepEqual(valueOf(plain), { NODE_ENV: 'test', HOST: '0.0.0.0', HOME: '/tmp', PORT: '3001' });
});

test('a deployment id depends on the image and the variables', () => {
  const idOf = (image: string, variables: Record<string, string>) =>
    valueOf<string>(deploymentId(image, variables));
  const id = idOf('api:1', { A: '1', B: '2' });
  assert.equal(idOf('api:1', { B: '2', A: '1' }), id);
  assert.notEqual(idOf('api:2', { A: '1', B: '2' }), id);
  assert.notEqual(idOf('api:1', { A: '1B', '': '2' }), id);
});
