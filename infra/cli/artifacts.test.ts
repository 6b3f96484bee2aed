import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'vitest';
import { eventually } from '../../tools/testing/eventually.ts';
import { artifactsDocumentSchema } from '../delivery/artifacts/document.ts';
import { hash, openShop } from '../delivery/artifacts/testing.ts';
import { ownIdentity } from '../common/process-identity.ts';
import { makeClone, railhead, spawnRailhead, succeed } from './testing.ts';

/** Returns a project with `count` surplus artifacts, and one that the last update needs. */
async function cloneWith(t: TestContext, count: number) {
  const shop = openShop(t, makeClone(t));
  const web = await shop.put('web');
  await shop.record({ release: await shop.releaseOf('web') });
  const names = Array.from({ length: count }, (_, index) => `old-${index}`);
  const surplus = await Promise.all(names.map(shop.put));
  const folders = names.map((name) => shop.folder(name));
  return { ...shop, web, surplus, folders };
}

test('list shows what needs an artifact, and prune deletes what nothing needs, once it may', async (t) => {
  const { root, store, web, surplus, folders } = await cloneWith(t, 1);
  const listed = await succeed(railhead(root, 'artifacts', 'list', '--json'));
  const document = artifactsDocumentSchema.parse(JSON.parse(listed.output));
  assert.deepEqual(
    document.contents.map(({ digest, neededBy }) => [digest, neededBy]).toSorted(),
    [
      [web, [{ environment: 'dev', update: 7 }]],
      [surplus[0], []],
    ].toSorted(),
  );
  const shown = await succeed(railhead(root, 'artifacts', 'list'));
  assert.match(shown.output, new RegExp(`^[0-9a-f]{12} +\\d+ KiB +web +${hash} +dev #7$`, 'm'));

  const refused = await railhead(root, 'artifacts', 'prune', '--keep', '3');
  assert.equal(refused.code, 1);
  assert.match(refused.output, new RegExp(`^${folders[0]} +1 KiB$`, 'm'));
  assert.match(
    refused.errors,
    /so nothing was deleted\. To delete 1 content \(\d+ KiB\) of the store .* and 1 folder \(1 KiB\) of \.railhead\/artifacts without a question: npx --no -- railhead artifacts prune --keep 3 --yes -s dev$/m,
  );

  const lock = join(root, '.railhead/runs/dev', `up-${process.pid}-${ownIdentity().startTime}`);
  mkdirSync(join(lock, '..'), { recursive: true });
  writeFileSync(lock, '');
  const busy = await railhead(root, 'artifacts', 'prune', '--yes');
  assert.equal(busy.code, 1);
  assert.match(busy.errors, /^Another `up` of dev runs [^]* artifacts prune --keep 10 --wait -s dev$/m);
  assert.equal(await store.objects.has(surplus[0] ?? ''), true);

  rmSync(lock);
  const done = await succeed(railhead(root, 'artifacts', 'prune', '--yes'));
  assert.match(
    done.output,
    /^Deleted 1 content \(.*\) of the store .* and 1 folder \(1 KiB\) of \.railhead\/artifacts\.$/m,
  );
  assert.deepEqual([await store.objects.has(surplus[0] ?? ''), await store.objects.has(web)], [false, true]);
  assert.ok(!existsSync(join(root, '.railhead/artifacts', folders[0] ?? '')));
  const again = await succeed(railhead(root, 'artifacts', 'prune'));
  assert.match(
    again.output,
    /^There is nothing to delete in the store .*\.railhead\/store and in \.railhead\/artifacts\.$/m,
  );
});

test('after a kill in the middle, what is needed is whole, and the next prune ends the work', async (t) => {
  const { root, store, web, surplus } = await cloneWith(t, 200);
  const contents = join(root, '.railhead/store/objects/sha256');
  const killed = spawnRailhead(root, 'artifacts', 'prune', '--yes');
  await eventually(() => readdirSync(contents).length <= surplus.length);
  killed.kill('SIGKILL');
  await once(killed, 'exit');
  const left = (await store.objects.list()).contents;
  assert.ok(left.length <= surplus.length);
  for (const { digest } of left) {
    await store.objects.fetch(digest, mkdtempSync(join(root, 'back-')));
  }
  await succeed(railhead(root, 'artifacts', 'prune', '--yes'));
  assert.deepEqual(
    (await store.objects.list()).contents.map(({ digest }) => digest),
    [web],
  );
  assert.deepEqual(readdirSync(join(root, '.railhead/artifacts')), []);
});
