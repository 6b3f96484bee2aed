import assert from 'node:assert/strict';
import { test } from 'vitest';
import { check } from './scratch-graph.ts';

test('a route leads only to a named port that speaks HTTP', (t) => {
  const text = `
name: x
services:
  api: { source: app, port: 1, ports: { grpc: 2, admin: { port: 3, protocol: http } } }
  web: { source: app, port: 4, ports: { rpc: 5 } }
  plain: { source: app, port: 6 }
  db: { type: postgres }
gateway:
  routes:
    - { path: /1, to: api, port: admin }
    - { path: /2, to: api, port: admni }
    - { path: /3, to: api, port: grpc }
    - { path: /4, to: web, port: admin }
    - { path: /5, to: plain, port: main }
    - { path: /6, to: db, port: admin }
`;
  assert.deepEqual(check(t, text), [
    '11:34  gateway.routes.1.port: there is no port "admni" in "ports" of "api"; did you mean "admin"?',
    '12:34  gateway.routes.2.port: "grpc" of "api" is a TCP port; write it as { port: 2, protocol: http } if it speaks HTTP',
    '13:34  gateway.routes.3.port: there is no port "admin" in "ports" of "web"; it has no port with "protocol: http"',
    '14:36  gateway.routes.4.port: there is no port "main" in "ports" of "plain"; it has no port with "protocol: http"',
    '15:23  gateway.routes.5.to: "db" is a data server; it does not speak HTTP',
  ]);
});
