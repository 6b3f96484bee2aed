import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test, type TestContext } from 'vitest';
import { loadStack } from '../stack/load.ts';
import { problemsOf, scratch } from '../stack/scratch.ts';
import { standardTargets } from '../targets/index.ts';
import { buildGraph } from './graph.ts';

const stack = `name: x
services:
  a: { image: "acme/a:1", port: 80, publish: 8080 }
  b: { image: "acme/b:1", port: 80, ports: { c: 81, d: 81 }, publish: { main: 8080 } }
gateway: { routes: [{ path: /*, to: a }] }
`;

async function problemsOn(t: TestContext, name: string): Promise<string[]> {
  const target = (await standardTargets()).find((target) => target.name === name);
  const folder = scratch(t, { 'stack.yaml': stack });
  const conditions = target && { target };
  return problemsOf(folder, () =>
    buildGraph(loadStack(join(folder, 'stack.yaml')), 'test', conditions),
  ).filter((line) => /is also/.test(line));
}

test('containers have an address each, so only ports of one service and published ports must differ', async (t) => {
  const [named, published, gateway, ...rest] = await problemsOn(t, 'docker');
  assert.match(named ?? '', /services\.b\.ports\.d: 81 is also the port "c" of "b"/);
  assert.match(published ?? '', /services\.b\.publish\.main: 8080 is also the published port "main" of "a"/);
  assert.match(gateway ?? '', /gateway\.port: 8080 is also the published port "main" of "a"/);
  assert.deepEqual(rest, []);
});

test('processes share the address of the machine', async (t) => {
  const lines = await problemsOn(t, 'process');
  assert.match(lines.join('\n'), /services\.b\.port: 80 is also the port of "a"/);
});
