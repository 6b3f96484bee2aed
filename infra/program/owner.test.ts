import assert from 'node:assert/strict';
import { test } from 'vitest';
import { graphOf } from '../graph/scratch-graph.ts';
import { newOwner, requireOwn } from './owner.ts';
import { dockerTarget } from '../targets/docker/target.ts';

test('an owner says where it was made, and none is made twice', () => {
  assert.ok(newOwner('/srv/shop').includes(':/srv/shop#'));
  assert.notEqual(newOwner('/srv/shop'), newOwner('/srv/shop'));
});

test('resources of another project are refused, naming it; resources without an owner, unless they are ours', async (t) => {
  const graph = graphOf(t, 'name: shop\nservices: { api: { source: app } }');
  const context = { root: '/', environment: 'test', dockerPool: undefined };
  const require = (owners: string[], adopts: boolean) =>
    requireOwn({ ...dockerTarget, owners: () => Promise.resolve(owners) }, graph, context, {
      owner: 'ours',
      adopts,
    });
  await require([], false);
  await require(['ours'], false);
  await require(['', 'ours'], true);
  await assert.rejects(
    require(['ours', 'a:/b#1'], true),
    /shop-test exists on docker .* first deployed from a:\/b#1\. Nothing was touched[^]*config set railhead:owner 'a:\/b#1' -s test$/,
  );
  await assert.rejects(
    require([''], false),
    /the state of this project does not hold it[^]*config set railhead:owner ours -s test$/,
  );
});
