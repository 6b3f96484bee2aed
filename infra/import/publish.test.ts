import assert from 'node:assert/strict';
import { test } from 'vitest';
import { parse } from 'yaml';
import { importOf } from './testing.ts';

interface Stack {
  services: Record<string, { port?: number; publish?: object }>;
  gateway?: { routes: object[] };
}

async function imported(t: Parameters<typeof importOf>[0], services: string) {
  const { texts, rows } = await importOf(t, { 'compose.yaml': `name: x\nservices:\n${services}` });
  return { stack: parse(texts['stacks/x.yaml'] ?? '') as Stack, rows };
}

for (const [protocol, ports, main, published] of [
  ['NATS', '4222:4222', 4222, 4222],
  ['SSH', '2222:22', 22, 2222],
  ['Kafka', '9092:9092', 9092, 9092],
] as const) {
  test(`the published port of ${protocol} becomes \`publish\`, and no route`, async (t) => {
    const { stack, rows } = await imported(t, `  one: { image: acme/one:1, ports: ["${ports}"] }\n`);
    assert.partialDeepStrictEqual(stack.services['one'], { port: main, publish: { main: published } });
    assert.equal(stack.gateway, undefined);
    const row = rows.find(({ to }) => to === 'services.one.publish.main');
    assert.match(row?.why ?? '', new RegExp(`^${main} is the port of ${protocol}, .* \`gateway\\.routes\``));
  });
}

test('a service of another protocol takes no paths from the gateway, which chooses a free port', async (t) => {
  const { stack } = await imported(
    t,
    `  mqtt: { image: eclipse-mosquitto:2, ports: ["8080:1883", "9001:9001"] }
  api: { image: acme/api:1, ports: ["80:3000"] }
`,
  );
  assert.deepEqual(stack.services['mqtt']?.publish, { main: 8080, 'port-9001': 9001 });
  assert.deepEqual(stack.gateway, { port: 8081, routes: [{ path: '/*', to: 'api' }] });
});

test('a health check over HTTP, and a route of a file, show that a well-known port is one of HTTP', async (t) => {
  const check = 'healthcheck: { test: "curl http://localhost:9042/health" }';
  const { stack } = await imported(t, `  web: { image: acme/web:1, ports: ["9042:9042"], ${check} }\n`);
  assert.equal(stack.services['web']?.publish, undefined);
  assert.partialDeepStrictEqual(stack.gateway, { routes: [{ path: '/*', to: 'web' }] });
});

test('an overlay publishes the port of a service that only its profile has', async (t) => {
  const { texts } = await importOf(t, {
    'compose.yaml': `name: x
services:
  web: { image: acme/web:1, ports: ["8000:8000"] }
  broker: { image: rabbitmq:4, ports: ["5672:5672"], profiles: [queue] }
`,
  });
  const { services } = parse(texts['stacks/x.queue.yaml'] ?? '') as Stack;
  assert.partialDeepStrictEqual(services['broker'], { port: 5672, publish: { main: 5672 } });
});
