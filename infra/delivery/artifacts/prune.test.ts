import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'vitest';
import { workloadOf } from '../../cli/testing.ts';
import { formatRelease } from '../../releases/format.ts';
import { folderStore } from '../../store/folder-store.ts';
import { writeServing, writeSpec } from '../../supervisor/files.ts';
import { ending } from '../history/testing.ts';
import { deleteSurplus, findSurplus } from './prune.ts';
import { hash, old, openShop, type Shop } from './testing.ts';

const placeOf = ({ root, store }: Shop) => ({ root, store, count: 1 });

/** Writes the release file of an environment, with the content of a service. */
async function pin(shop: Shop, environment: string, service: string): Promise<void> {
  const { content = '' } = (await shop.releaseOf(service))[service] ?? {};
  const text = formatRelease({
    ...{ version: 1, environment: 'dev', stack: { file: 'shop.yaml' }, by: 'Ada' },
    ...{ time: '2026-03-04T05:06:07Z', artifacts: { [service]: { hash, content } } },
  });
  shop.write(`releases/${environment}.yaml`, text);
}

/** Makes a workload of `dev` have a spec that runs an artifact. */
function run(shop: Shop, name: string, write: typeof writeSpec): void {
  const { folder, spec } = workloadOf(shop.root, name, {
    cwd: join(shop.root, `.railhead/artifacts/${name}-${hash}`),
  });
  mkdirSync(folder, { recursive: true });
  write(folder, { ...spec, request: '1' });
}

const failed = { ...ending, result: 'failed' } as const;

/** Why an artifact of `api` is kept, both its content and its folder. An update of `web` is the last that succeeded. */
const reasons: [string, (shop: Shop) => Promise<void>][] = [
  ['a release file names it', (shop) => pin(shop, 'prod', 'api')],
  ['the last update needs it', async (s) => s.record({ number: 13, release: await s.releaseOf('api') })],
  [
    'a later update failed',
    async (s) => s.record({ number: 13, release: await s.releaseOf('api'), ending: failed }),
  ],
  [
    'an earlier update was interrupted',
    async (s) => s.record({ number: 3, release: await s.releaseOf('api'), ending: undefined }),
  ],
  [
    'an environment of another project needs it',
    async (s) => s.record({ environment: 'their-prod', release: await s.releaseOf('api') }),
  ],
  [
    'an update in the store of another environment needs it',
    async (s) => {
      s.write(
        'Pulumi.prod.yaml',
        'config: { railhead:stackFile: a, railhead:target: b, railhead:store: shared }',
      );
      await s.record({ release: await s.releaseOf('api') }, folderStore(join(s.root, 'shared')));
    },
  ],
];

async function shopWithArtifacts(
  t: Parameters<typeof openShop>[0],
): Promise<Shop & { api: string; web: string }> {
  const shop = openShop(t);
  const [api, web] = [await shop.put('api'), await shop.put('web')];
  for (const service of ['api', 'web']) shop.folder(service);
  await shop.record({ number: 11, release: await shop.releaseOf('api') });
  await shop.record({ number: 12, release: await shop.releaseOf('web') });
  return { ...shop, api, web };
}

describe('an artifact', () => {
  test('is deleted if only an older update names it, and only then', async (t) => {
    const shop = await shopWithArtifacts(t);
    const found = await findSurplus(placeOf(shop));
    assert.deepEqual(found, {
      contents: [
        {
          ...found.contents[0],
          digest: shop.api,
          put: old,
          neededBy: [],
          artifacts: [{ service: 'api', hash }],
        },
      ],
      folders: [{ name: `api-${hash}`, size: 3 }],
      others: 0,
    });
    assert.deepEqual(await deleteSurplus(placeOf(shop), found), found);
    assert.deepEqual(
      [await shop.store.objects.has(shop.api), await shop.store.objects.has(shop.web)],
      [false, true],
    );
    assert.deepEqual(readdirSync(join(shop.root, '.railhead/artifacts')), [`web-${hash}`]);
    assert.deepEqual(await shop.store.records.list('history/dev'), ['11', '12']);
    assert.deepEqual(await findSurplus(placeOf(shop)), { contents: [], folders: [], others: 0 });
  });

  test.for(reasons)('is kept if %s, also if that happens after the question', async ([, need], t) => {
    const shop = await shopWithArtifacts(t);
    const shown = await findSurplus(placeOf(shop));
    await need(shop);
    const { contents, folders } = await findSurplus(placeOf(shop));
    assert.ok(!contents.some(({ digest }) => digest === shop.api));
    assert.ok(!folders.some(({ name }) => name === `api-${hash}`));
    await deleteSurplus(placeOf(shop), shown);
    assert.equal(await shop.store.objects.has(shop.api), true);
    assert.ok(existsSync(join(shop.root, `.railhead/artifacts/api-${hash}/main.js`)));
  });

  test('is kept for an hour after it was put or built', async (t) => {
    const shop = await shopWithArtifacts(t);
    const shown = await findSurplus(placeOf(shop));
    await shop.store.objects.put(shop.api, join(shop.root, 'sources/api'));
    shop.folder('api', new Date());
    const nothing = { contents: [], folders: [], others: 0 };
    assert.deepEqual(await findSurplus(placeOf(shop)), nothing);
    assert.deepEqual(await deleteSurplus(placeOf(shop), shown), nothing);
  });

  test('is not deleted if it was not shown', async (t) => {
    const shop = await shopWithArtifacts(t);
    const shown = { contents: [], folders: [], others: 0 };
    assert.deepEqual(await deleteSurplus(placeOf(shop), shown), shown);
  });
});

test.for<[string, (shop: Shop) => void]>([
  ['its spec', (shop) => run(shop, 'api', writeSpec)],
  [
    'replicas of the former version',
    (shop) => {
      run(shop, 'api', (folder, spec) => {
        writeSpec(folder, { ...spec, cwd: shop.root });
        writeServing(folder, { spec, replicas: ['api-1'] });
      });
    },
  ],
])('the folder that a workload runs in is kept without a record: %s', async ([, start], t) => {
  const shop = await shopWithArtifacts(t);
  start(shop);
  assert.deepEqual((await findSurplus(placeOf(shop))).folders, []);
});

test('a file that is no artifact is left alone and counted, and a killed deletion is completed', async (t) => {
  const shop = await shopWithArtifacts(t);
  shop.write('.railhead/artifacts/api.inputs.json', '{}');
  for (const service of ['api', 'web']) shop.write(`.railhead/artifacts/${service}-${hash}.content`, '');
  shop.write(`.railhead/artifacts/api-${hash}-altered-0a0a0a0a/main.js`, '');
  shop.write('.railhead/store/objects/sha256/notes.txt', '');
  shop.write('.railhead/artifacts/.deleted-7e7e/main.js', '');
  const found = await findSurplus(placeOf(shop));
  assert.deepEqual([found.contents.length, found.folders.length, found.others], [1, 2, 2]);
  await deleteSurplus(placeOf(shop), found);
  assert.deepEqual(readdirSync(join(shop.root, '.railhead/artifacts')).toSorted(), [
    `api-${hash}-altered-0a0a0a0a`,
    'api.inputs.json',
    `web-${hash}`,
    `web-${hash}.content`,
  ]);
});

test.for<[string, string, RegExp]>([
  [
    'a record',
    '.railhead/store/records/history/dev/13.json',
    /13\.json is not a record [^]*not known which artifacts are needed/,
  ],
  ['a release file', 'releases/prod.yaml', /releases\/prod\.yaml/],
  ['the file of an environment', 'Pulumi.prod.yaml', /Pulumi\.prod\.yaml/],
])('nothing is known to be surplus if %s cannot be read', async ([, file, problem], t) => {
  const shop = await shopWithArtifacts(t);
  shop.write(file, '{}');
  await assert.rejects(findSurplus(placeOf(shop)), problem);
});
