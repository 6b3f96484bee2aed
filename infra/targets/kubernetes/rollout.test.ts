import assert from 'node:assert/strict';
import { test, type TestContext } from 'vitest';
import type { Release } from '../../artifacts/types.ts';
import { Hole } from '../../plan/hole.ts';
import type { PlannedResource } from '../../plan/planned.ts';
import { ResourceList } from '../../plan/resource.ts';
import { valueOf } from '../../plan/testing/values.ts';
import { planKubernetes } from './index.ts';
import { scratchStack } from './testing/scratch.ts';
import { types } from './types.ts';

const services = `
  api: { source: app, port: 3001, preDeploy: node migrate.js }
  files: { source: app, port: 3002, volume: { path: /data, size: 1Gi } }
  db: { type: postgres }`;
const gateway = 'gateway: { port: 8080, routes: [{ path: /, to: api }] }';
const release: Release = Object.fromEntries(
  ['api', 'files', 'gateway'].map((service) => {
    const image = { reference: `rota/${service}:1`, context: '', dockerfile: '', args: {} };
    return [service, { service, hash: '1', path: '/clone', image }];
  }),
);
const context = { root: '/clone', environment: 'test', keyGeneration: 1, dockerPool: undefined };

function plan(t: TestContext, text = services) {
  const { graph } = scratchStack(t, text, gateway);
  const resources = new ResourceList();
  planKubernetes(graph, release, { ...context, resources });
  const find = (type: { token: string }, name: string) =>
    resources.all.find((resource) => resource.type === type.token && resource.name === name);
  return { all: resources.all, find };
}

const needs = (resource: PlannedResource | undefined) => resource?.options.dependsOn ?? [];

test('a change of a workload is recorded before it, and its rollout is awaited after it', (t) => {
  const { all, find } = plan(t);
  const workloads = all.filter(({ type }) =>
    [types.deployment.token, types.statefulSet.token].includes(type),
  );
  assert.deepEqual(workloads.map(({ name }) => name).toSorted(), ['api', 'db', 'files', 'gateway']);
  for (const workload of workloads) {
    const { name } = workload;
    const begin = find(types.rolloutBegin, name);
    const rollout = find(types.rollout, name);
    assert.ok(begin && rollout, name);
    assert.deepEqual(
      [begin, workload, rollout].map((resource) => all.indexOf(resource)),
      [begin, workload, rollout]
        .map((resource) => all.indexOf(resource))
        .toSorted((one, other) => one - other),
    );
    assert.deepEqual(needs(workload), [begin], name);
    assert.deepEqual(needs(rollout), [workload], name);
    const { begun } = rollout.args;
    assert.ok(begun instanceof Hole && begun.source.kind === 'output', name);
    assert.deepEqual([begun.source.resource, begun.source.property], [begin, 'nonce'], name);
  }
});

test('nothing is recorded before the conditions of a workload hold', (t) => {
  const { find } = plan(t);
  const before = needs(find(types.rolloutBegin, 'api'));
  for (const [type, name] of [
    [types.rollout, 'api-predeploy'],
    [types.serviceAccount, 'api'],
    [types.service, 'api'],
  ] as const) {
    assert.ok(before.includes(find(type, name)!), name);
  }
  assert.ok(needs(find(types.rolloutBegin, 'gateway')).includes(find(types.rollout, 'api')!));
});

test('a Job has no record before it, as its uid is never the same again', (t) => {
  const { find } = plan(t);
  assert.equal(find(types.rolloutBegin, 'api-predeploy'), undefined);
  assert.ok(!('begun' in find(types.rollout, 'api-predeploy')!.args));
});

test('a changed spec is another record, and what is outside of the spec is none', (t) => {
  const revision = (text: string) => valueOf(plan(t, text).find(types.rolloutBegin, 'api')!.args.revision);
  const before = revision(services);
  assert.equal(revision(services.replace('node migrate.js', 'node migrate.js --all')), before);
  assert.notEqual(revision(services.replace('port: 3001', 'port: 3001, drain: 50s')), before);
});
