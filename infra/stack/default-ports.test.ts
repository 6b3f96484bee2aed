import assert from 'node:assert/strict';
import { test } from 'vitest';
import { check } from '../graph/scratch-graph.ts';
import { parseStack } from './load.ts';

const portsOf = (services: string, rest = '') => {
  const { stack, findings } = parseStack(`name: x\nservices:\n${services}\n${rest}`, 'stacks/x.yaml');
  assert.deepEqual(findings, []);
  return Object.fromEntries(Object.entries(stack.services).map(([name, { port }]) => [name, port]));
};

test('a data service without a port gets the standard one, or the next free one in the order of the file', () => {
  const ports = portsOf(`  one: { type: postgres }
  two: { type: postgres }
  web: { image: acme/web:1, port: 5434, ports: { rpc: 5435 } }
  three: { type: postgres }
  own: { type: postgres, port: 5436 }
  my: { type: mysql }
  maria: { type: mariadb }
  files: { type: s3, enabled: false }
  further: { type: s3 }`);
  assert.deepEqual(ports, {
    ...{ one: 5432, two: 5433, web: 5434, three: 5437, own: 5436, my: 3306, maria: 3307, further: 9001 },
  });
});

test('a default port is neither that of the gateway nor a published one', () => {
  const services = `  web: { image: acme/web:1, port: 1000, publish: 6379 }\n  queue: { type: redis }`;
  const rest = 'gateway: { port: 6380, routes: [{ path: /*, to: web }] }';
  assert.equal(portsOf(services, rest).queue, 6381);
});

test('each pooler has its own port, which no service has', () => {
  const { stack } = parseStack(
    `name: x
services:
  one: { type: postgres, pooler: true }
  two: { type: postgres, pooler: true }
  off: { type: postgres, pooler: false }
  web: { image: acme/web:1, port: 6432 }
`,
    'stacks/x.yaml',
  );
  const poolers = Object.values(stack.services).map((service) => ('pooler' in service ? service.pooler : 0));
  assert.deepEqual(poolers, [6433, 6434, undefined, 0]);
});

test('several external servers keep the standard port of their kind', (t) => {
  const external = 'external: { url: "${{secret.DB}}" }';
  const text = `  one: { type: postgres, ${external} }
  two: { type: postgres, ${external} }
  own: { type: postgres }`;
  assert.deepEqual(portsOf(text), { one: 5432, two: 5432, own: 5432 });
  assert.deepEqual(check(t, `name: x\nservices:\n${text}\n`), []);
});
