import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { UserError } from '../stack/problem.ts';
import { workerBindings } from './bindings.ts';
import { readGatewayConfig } from './config.ts';

test('every wrong field of a configuration is named', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-config-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'config.json');
  const reject = (content: string, pattern: RegExp) => {
    writeFileSync(file, content);
    assert.throws(
      () => readGatewayConfig(file),
      (error) => error instanceof UserError && pattern.test(error.message),
    );
  };
  reject('{', /cannot be read/);
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

test('routes of one origin share a binding, and the Worker is bound to nothing else', () => {
  const bindings = workerBindings(
    {
      routes: [
        { path: '/api/*', origin: 'http://127.0.0.1:3001/' },
        { path: '/docs', origin: 'http://127.0.0.1:3001' },
        { path: '/*', origin: 'http://127.0.0.1:3000' },
      ],
      rateLimit: { requests: 100, period: 60 },
    },
    'socket',
  );
  assert.deepEqual(bindings, {
    variables: {
      ROUTES: [
        { path: '/api/*', origin: 'http://127.0.0.1:3001', binding: 'ORIGIN_0' },
        { path: '/docs', origin: 'http://127.0.0.1:3001', binding: 'ORIGIN_0' },
        { path: '/*', origin: 'http://127.0.0.1:3000', binding: 'ORIGIN_1' },
      ],
      CLIENT: 'socket',
      CORS_ORIGINS: [],
      RATE_LIMIT_PERIOD: 60,
    },
    origins: { ORIGIN_0: 'http://127.0.0.1:3001', ORIGIN_1: 'http://127.0.0.1:3000' },
    rateLimit: { requests: 100, period: 60 },
  });
});
