import assert from 'node:assert/strict';
import { test } from 'vitest';
import { check, codeNode, graphOf } from '../../graph/scratch-graph.ts';
import { stackSchema } from '../../stack/schema.ts';
import type { DataService } from '../index.ts';
import { serverValues } from '../values.ts';
import { poolerConfig, poolSizes } from './pooler.ts';

test('a pooler opens three quarters of the connections of services, and at least one for each account', () => {
  assert.deepEqual(poolSizes(100), { app: 53, readonly: 17 });
  assert.deepEqual(poolSizes(10), { app: 2, readonly: 1 });
  const text = poolerConfig({
    ...{ address: '*', port: 6432, server: { host: 'db', port: 5432 }, database: 'rota' },
    ...{ connections: 100, users: '/run/users.txt' },
  });
  assert.match(text, /^rota = host=db port=5432$/m);
  assert.match(text, /^pool_mode = transaction$/m);
  assert.match(text, /^default_pool_size = 70$/m);
});

test('addresses lead to the pooler, those of the owner and the direct ones to the server', () => {
  const service = stackSchema.parse({ name: 'x', services: { db: { type: 'postgres', pooler: true } } })
    .services.db as DataService;
  const pooler = { host: 'db.pooler', port: 6432 };
  const values = serverValues(service, { host: 'db', port: 5432, database: 'x', pooler });
  const texts = Object.entries(values).map(([name, text]) => [
    name,
    text.filter((part) => typeof part === 'string').join(''),
  ]);
  const pooled = texts.filter(([, text]) => text?.includes('db.pooler') || text === '6432');
  assert.deepEqual(pooled.map(([name]) => name).toSorted(), [
    ...['DATABASE_URL', 'HOST', 'PGHOST', 'PGPORT', 'PORT', 'PRIVATE_DOMAIN', 'RAILWAY_PRIVATE_DOMAIN'],
    ...['READONLY_URL', 'URL'],
  ]);
});

const stack = (pooler: boolean, value: string) => `name: x
services:
  db: { type: postgres, pooler: ${pooler} }
  web: { source: app, preDeploy: node migrate.js, variables: { X: "${value}" } }
`;

test('preDeploy connects to the server itself, and without a pooler it keeps the variables of the server', (t) => {
  const address = 'postgres://${{db.PGUSER}}:${{db.PGPASSWORD}}@${{db.PGHOST}}:${{db.PGPORT}}/x';
  const namesOf = (pooler: boolean) =>
    codeNode(graphOf(t, stack(pooler, address)), 'web').preDeployVariables.X?.flatMap((piece) =>
      typeof piece === 'object' ? [piece.name] : [],
    );
  assert.deepEqual(namesOf(true), ['OWNER_USER', 'OWNER_PASSWORD', 'DIRECT_HOST', 'DIRECT_PORT']);
  assert.deepEqual(namesOf(false), ['OWNER_USER', 'OWNER_PASSWORD', 'PGHOST', 'PGPORT']);
});

test('the port after a host must be that of the pooler, or of the server for a direct host', (t) => {
  assert.deepEqual(check(t, stack(true, '${{db.HOST}}:6432 ${{db.DIRECT_HOST}}:5432')), []);
  assert.deepEqual(check(t, stack(true, '${{db.HOST}}:5432')), [
    '4:67  services.web.variables.X: "db" listens only on 6432, not on 5432',
  ]);
  assert.deepEqual(check(t, stack(true, '${{db.DIRECT_HOST}}:${{db.PGPORT}}')), [
    '4:67  services.web.variables.X: "db" listens only on 5432, not on 6432',
  ]);
});
