import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'vitest';
import { UserError } from '../../tools/user-error.ts';
import { workerBindings } from './bindings.ts';
import { readGatewayConfig } from './config.ts';

test('every wrong field of a configuration is named', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-config-'));
  t.onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'config.json');
  const reject = (content: string, pattern: RegExp) => {
    writeFileSync(file, content);
    assert.throws(
      () => readGatewayConfig(file),
      (error) => error instanceof UserError && pattern.test(error.message),
    );
  };
  reject('{', /Cannot read the gateway.s configuration .*config\.json/);
  const wrong = {
    script: '/w.js',
    host: '127.0.0.1',
    port: -1,
    routes: [],
    rateLimit: { requests: 1, period: 30 },
  };
  reject(JSON.stringify(wrong), /port[^]*routes[^]*period/);
  reject(JSON.stringify({ ...wrong, surprise: 1 }), /surprise/);
});

test('equal origins and equal limits share a binding, and the Worker has no other bindings', () => {
  const auth = { jwks: 'https://id.example.com/keys', issuer: 'https://id.example.com', audience: 'rota' };
  const ten = { requests: 10, period: 10 } as const;
  const hundred = { requests: 100, period: 60 } as const;
  const bindings = workerBindings(
    {
      routes: [
        { path: '/api/*', origin: 'http://127.0.0.1:3001/', service: 'api', auth },
        { path: '/docs', origin: 'http://127.0.0.1:3001', rateLimit: ten },
        { path: '/*', origin: 'http://127.0.0.1:3000', cache: 60 },
      ],
      rateLimit: hundred,
      hosts: { names: ['app.example'], addresses: false },
      trustedHeaders: ['x-tenant-id'],
      signingKey: 'private key',
    },
    'x-gateway-client',
  );
  const limited = (index: number, period: number) => ({ binding: `RATE_LIMIT_${index}`, period });
  const api = { origin: 'http://127.0.0.1:3001', binding: 'ORIGIN_0' };
  const web = { origin: 'http://127.0.0.1:3000', binding: 'ORIGIN_2' };
  assert.deepEqual(bindings, {
    variables: {
      ROUTES: [
        {
          path: '/api/*',
          ...api,
          service: 'api',
          rateLimit: limited(0, 60),
          auth: { ...auth, binding: 'ORIGIN_1' },
        },
        { path: '/docs', ...api, rateLimit: limited(1, 10) },
        { path: '/*', ...web, rateLimit: limited(0, 60), cache: 60 },
      ],
      HOSTS: { names: ['app.example'], addresses: false },
      CLIENT: 'x-gateway-client',
      CORS_ORIGINS: [],
      TRUSTED_HEADERS: ['x-tenant-id'],
    },
    signingKey: 'private key',
    origins: {
      ORIGIN_0: 'http://127.0.0.1:3001',
      ORIGIN_1: 'https://id.example.com',
      ORIGIN_2: 'http://127.0.0.1:3000',
    },
    limiters: { RATE_LIMIT_0: hundred, RATE_LIMIT_1: ten },
    cache: true,
  });
});

test('a gateway without limits, cache and key is bound only to its origins', () => {
  const routes = [{ path: '/*', origin: 'http://127.0.0.1:3000' }];
  const { limiters, cache, ...rest } = workerBindings({ routes }, 'x-gateway-client');
  assert.deepEqual([limiters, cache, 'signingKey' in rest], [{}, false, false]);
});
