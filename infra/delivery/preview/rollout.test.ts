import assert from 'node:assert/strict';
import { test } from 'vitest';
import { project, testRepository } from '../commits/testing.ts';
import { previewCommits } from './from-commits.ts';

const stack = `name: shop
services:
  db: { type: postgres }
  api:
    source: services/api
    port: 3001
    replicas: 2
    drain: 20s
    health: { path: /health, ready: /ready, timeout: 60s }
    variables: { LEVEL: info }
  job: { source: services/api, cron: 0 0 31 12 *, variables: { LEVEL: info } }
  other: { source: services/api, port: 3002 }
gateway:
  port: 8080
  routes:
    - { path: /*, to: api }
`;

/** What is replaced in the stack file, the service to look at, and its handover on `process`, `docker` and `kubernetes`. */
const changes: Record<string, [from: string, to: string, service: string, expected: string[]]> = {
  'a variable': [
    '    variables: { LEVEL: info }',
    '    variables: { LEVEL: debug }',
    'api',
    ['together', 'together', 'stepwise'],
  ],
  replicas: ['replicas: 2', 'replicas: 3', 'api', ['no', 'no', 'no']],
  drain: ['drain: 20s', 'drain: 21s', 'api', ['together', 'together', 'stepwise']],
  'a reference to a database': [
    'port: 3002 }',
    'port: 3002, variables: { URL: "${{db.DATABASE_URL}}" } }',
    'other',
    ['together', 'together', 'stepwise'],
  ],
  'the first egress': [
    'port: 3002 }',
    'port: 3002, egress: [{ to: internet }] }',
    'other',
    ['-', 'together', 'no'],
  ],
  'the time for health checks': ['timeout: 60s', 'timeout: 61s', 'api', ['no', 'no', 'stepwise']],
  'a health check': ['ready: /ready', 'ready: /other', 'api', ['together', 'together', 'stepwise']],
  'a variable of a cron service': [
    '12 *, variables: { LEVEL: info }',
    '12 *, variables: { LEVEL: debug }',
    'job',
    ['no', 'no', 'no'],
  ],
  'a schedule': ['31 12 *', '30 12 *', 'job', ['no', 'no', 'no']],
  'a route': [
    '    - { path: /*, to: api }',
    '    - { path: /docs/*, to: api }\n    - { path: /*, to: api }',
    'gateway',
    ['stopFirst', 'stopFirst', 'stepwise'],
  ],
  'the token of a route': [
    '{ path: /*, to: api }',
    '{ path: /*, to: api, auth: { jwks: https://id.example.com/keys, issuer: me, audience: a } }',
    'gateway',
    ['stopFirst', 'stopFirst', 'stepwise'],
  ],
  'the connections of a database': [
    'type: postgres }',
    'type: postgres, connections: 120 }',
    'db',
    ['stopFirst', 'stopFirst', 'stopFirst'],
  ],
};

test('the resources that change tell whether a service restarts, and how', async (t) => {
  const { commit } = testRepository(t);
  const environment = (target: string) =>
    `config:\n  railhead:stackFile: stacks/shop.yaml\n  railhead:target: ${target}\n`;
  const base = commit({
    ...project,
    'Pulumi.dev.yaml': environment('process'),
    'Pulumi.docker.yaml': environment('docker'),
    'Pulumi.prod.yaml': environment('kubernetes'),
    'stacks/shop.yaml': stack,
  });
  const found: Record<string, string[]> = {};
  for (const [name, [from, to, service]] of Object.entries(changes)) {
    assert.ok(stack.includes(from), name);
    const head = commit({ 'stacks/shop.yaml': stack.replace(from, to) });
    const previews = await previewCommits({ base, head, stack: undefined }, () => undefined);
    const problems = previews.flatMap(({ problems = [] }) => problems);
    assert.deepEqual(problems, [], name);
    found[name] = previews.map(({ services }) => {
      const change = services.find((one) => one.service === service);
      if (change === undefined) return '-';
      return change.rollout?.restarts ? (change.rollout.handover ?? 'unknown') : 'no';
    });
  }
  const expected = Object.entries(changes).map(([name, [, , , handovers]]) => [name, handovers]);
  assert.deepEqual(found, Object.fromEntries(expected));
});
