import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { test, type TestContext } from 'vitest';
import { adoptInterruptedObjects } from './interrupted.ts';
import { pendingCreates } from '../../delivery/checkpoint.ts';
import { localState } from '../../delivery/local-state.ts';
import { temporaryFolder } from '../../delivery/testing.ts';

const urn = (type: string, name: string) => `urn:pulumi:prod::railhead::${type}::${name}`;
const object = (type: string, name: string, namespace?: string) => ({
  urn: urn(type, name),
  custom: true,
  type,
  inputs: { kind: type.split(':').at(-1), metadata: { name, ...(namespace && { namespace }) } },
});
const namespace = object('kubernetes:core/v1:Namespace', 'shop');
const job = { ...object('kubernetes:batch/v1:Job', 'api', 'shop'), dependencies: [namespace.urn] };

function stateOf(t: TestContext, latest: object | null) {
  const state = localState({ backend: `file://${temporaryFolder(t)}`, project: 'railhead' }, 'prod')!;
  mkdirSync(dirname(state.checkpoint), { recursive: true });
  const checkpoint = { stack: 'organization/railhead/prod', latest };
  writeFileSync(state.checkpoint, JSON.stringify({ version: 3, checkpoint }));
  const read = () =>
    (JSON.parse(readFileSync(state.checkpoint, 'utf8')) as { checkpoint: { latest: unknown } }).checkpoint
      .latest;
  return { state, read };
}

test('Kubernetes objects whose creation was interrupted are added to the state with their ids', (t) => {
  const other = object('railhead:docker:RunOnce', 'web');
  const pending = [
    { type: 'creating', resource: namespace },
    { type: 'updating', resource: object('kubernetes:apps/v1:Deployment', 'web', 'shop') },
    { type: 'creating', resource: job },
    { type: 'creating', resource: other },
  ];
  const { state, read } = stateOf(t, {
    manifest: { magic: 'm' },
    resources: [],
    pending_operations: pending,
  });
  assert.deepEqual(adoptInterruptedObjects(state.checkpoint), ['shop', 'api']);
  assert.deepEqual(read(), {
    manifest: { magic: 'm' },
    resources: [
      { ...namespace, id: 'shop' },
      { ...job, id: 'shop/api' },
    ],
    pending_operations: [pending[1], pending[3]],
  });
  assert.deepEqual(pendingCreates(state), ['web']);
});

test('a replaced object is removed from the state if it was deleted first, else marked for deletion', (t) => {
  for (const [before, after] of [
    [{ ...job, id: 'shop/old', pendingReplacement: true }, []],
    [{ ...job, id: 'shop/old' }, [{ ...job, id: 'shop/old', delete: true }]],
  ] as const) {
    const pending = [{ type: 'creating', resource: job }];
    const { state, read } = stateOf(t, { resources: [before], pending_operations: pending });
    adoptInterruptedObjects(state.checkpoint);
    assert.deepEqual(read(), { resources: [{ ...job, id: 'shop/api' }, ...after], pending_operations: [] });
  }
});

test('an adopted object is placed after its dependencies and before its dependents', (t) => {
  const account = { ...object('kubernetes:core/v1:ServiceAccount', 'api', 'shop'), id: 'shop/api' };
  const depending = { ...job, dependencies: [account.urn] };
  const deployment = {
    ...object('kubernetes:apps/v1:Deployment', 'api', 'shop'),
    id: 'shop/api',
    dependencies: [job.urn],
  };
  const before = { ...depending, id: 'shop/old', pendingReplacement: true };
  const pending = [{ type: 'creating', resource: depending }];
  const { state, read } = stateOf(t, {
    resources: [account, before, deployment],
    pending_operations: pending,
  });
  adoptInterruptedObjects(state.checkpoint);
  assert.deepEqual(read(), {
    resources: [account, { ...depending, id: 'shop/api' }, deployment],
    pending_operations: [],
  });
});

test('a state with nothing to adopt is not changed', (t) => {
  const { state } = stateOf(t, null);
  const before = readFileSync(state.checkpoint, 'utf8');
  assert.deepEqual(adoptInterruptedObjects(state.checkpoint), []);
  assert.equal(readFileSync(state.checkpoint, 'utf8'), before);
});
