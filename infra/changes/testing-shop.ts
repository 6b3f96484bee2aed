import assert from 'node:assert/strict';
import type { Cause, ServiceChange } from './model.ts';
import { compareSides, type TestSide } from './testing.ts';

/** The stack file of the tests. */
export const text = `name: shop
variables:
  LOG_LEVEL: info
services:
  redis: { type: redis, version: '7', storage: 1Gi }
  api:
    source: infra/graph
    start: ./run
    port: 3001
    preDeploy: ./migrate
    replicas: 2
    health: { path: /health, ready: /ready, timeout: 60s }
    variables:
      LOG_LEVEL: \${{shared.LOG_LEVEL}}
      CACHE: \${{redis.REDIS_URL}}
      TOKEN: \${{secret.TOKEN}}
  web:
    source: infra/graph
    start: ./run
    port: 3000
    variables:
      API_URL: \${{api.URL}}
      LEVEL: \${{api.LOG_LEVEL}}
gateway:
  routes:
    - { path: /*, to: web, rateLimit: { requests: 10, period: 10s } }
`;
export const before: TestSide = { text };

/** Returns the change of a service that is updated. */
export function changeOf(after: TestSide, service: string, from: TestSide = before): ServiceChange {
  const [change] = compareSides(from, after, { [service]: 'update' }).services;
  assert.equal(change?.service, service);
  return change;
}

/** Returns why a service that is updated changes. */
export function causesOf(after: TestSide, service: string, from?: TestSide): Cause[] {
  return changeOf(after, service, from).causes;
}

/** Returns the stack file of the tests with one text replaced. */
export function edited(from: string, to: string): TestSide {
  assert.ok(text.includes(from));
  return { text: text.replace(from, to) };
}
