import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test as vitest, vi } from 'vitest';
import { unless } from '../../../tools/testing/unless.ts';
import { contentOf } from '../archive.ts';
import { openStore } from '../open-store.ts';
import { parseAddress } from './address.ts';
import { Client } from './client.ts';
import { createRecord } from './create-record.ts';
import { ociRecords } from './oci-records.ts';
import { artifactManifest, pushManifest } from './repository.ts';
import { registryOfFile, registryProgram, startRegistry } from '../testing/registry.ts';

const program = await registryProgram();
const { test } = unless(program.lack);

const place = registryOfFile(program);

let count = 0;
/** Opens a store in a repository of its own. */
function newStore(host = place.host) {
  const address = `oci://${host}/acme/shop-${++count}`;
  return { address, store: openStore({ name: 'dev', store: address }) };
}

/** Makes a folder with one file, and returns it with its digest. */
async function folderWith(text: string) {
  const source = join(place.root, `source-${++count}`);
  await mkdir(source);
  await writeFile(join(source, 'main.js'), text);
  return { source, digest: await contentOf(source), target: `${source}-target` };
}

test('a content of a registry is what was put there, and its layer is the archive', async () => {
  const { store, address } = newStore();
  const { source, digest, target } = await folderWith('run()');
  expect(await store.objects.list()).toEqual({ contents: [], others: 0 });
  expect(await store.objects.has(digest)).toBe(false);
  const before = new Date();
  await store.objects.put(digest, source);
  await store.objects.put(digest, source);
  expect(await store.objects.has(digest)).toBe(true);
  await mkdir(target);
  await store.objects.fetch(digest, target);
  expect(await readFile(join(target, 'main.js'), 'utf8')).toBe('run()');
  const { contents, others } = await store.objects.list();
  expect(contents).toEqual([{ digest, size: 2048, put: expect.any(Date) as Date }]);
  expect(contents[0]?.put.getTime()).toBeGreaterThanOrEqual(before.getTime());
  expect(others).toBe(0);
  const path = address.replace(`oci://${place.host}`, '');
  const hex = digest.slice('sha256:'.length);
  const manifest = await fetch(`http://${place.host}/v2${path}/manifests/content.${hex}`, {
    headers: { accept: 'application/vnd.oci.image.manifest.v1+json' },
  });
  expect(await manifest.json()).toMatchObject({
    artifactType: 'application/vnd.railhead.artifact.v1',
    layers: [{ digest, annotations: { 'org.opencontainers.image.title': `${hex}.tar` } }],
  });
});

test('a folder that was changed is not put, and a content that is not there is not fetched', async () => {
  const { store, address } = newStore();
  const { source, digest, target } = await folderWith('1');
  await writeFile(join(source, 'main.js'), '2');
  await expect(store.objects.put(digest, source)).rejects.toThrow(/was changed: it is sha256:/);
  await mkdir(target);
  await expect(store.objects.fetch(digest, target)).rejects.toThrow(
    `${address}:content.${digest.slice(7)} does not exist.`,
  );
});

test('a content is deleted once, unless it was put again', async () => {
  const { store } = newStore();
  const { source, digest } = await folderWith('delete');
  await store.objects.put(digest, source);
  expect(await store.objects.delete(digest, new Date(Date.now() - 60_000))).toBe(false);
  expect(await store.objects.delete(digest, new Date())).toBe(true);
  expect(await store.objects.has(digest)).toBe(false);
  expect(await store.objects.delete(digest, new Date())).toBe(false);
  expect(await store.objects.list()).toEqual({ contents: [], others: 0 });
});

test('a content that is put while others delete it is in the store afterwards', async () => {
  const { store } = newStore();
  const { source, digest } = await folderWith('raced');
  for (let round = 0; round < 8; round++) {
    await store.objects.put(digest, source);
    const since = new Date();
    // A put in the same millisecond would be too old.
    while (Date.now() <= since.getTime());
    const deletions = [store.objects.delete(digest, since), store.objects.delete(digest, since)];
    await Promise.all([store.objects.put(digest, source), ...deletions]);
    expect(await store.objects.has(digest)).toBe(true);
  }
});

test('of several writers one creates a record, the others find it, and numbers have no gaps', async () => {
  const { address } = newStore();
  const taken = await Promise.all(
    Array.from({ length: 4 }, async (_, writer) => {
      const { records } = openStore({ name: 'dev', store: address });
      const mine: number[] = [];
      for (let number = 1; mine.length < 3; number++) {
        if (await records.create(`history/dev/${number}`, { writer, number })) mine.push(number);
        else expect(await records.read(`history/dev/${number}`)).toBeDefined();
      }
      return mine.map((number) => ({ writer, number }));
    }),
  );
  const { records } = openStore({ name: 'dev', store: address });
  const numbers = taken.flat().map(({ number }) => number);
  expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
  for (const one of taken.flat()) expect(await records.read(`history/dev/${one.number}`)).toEqual(one);
  expect((await records.list('history/dev')).toSorted()).toEqual(numbers.map(String).toSorted());
});

test('records are replaced, listed and absent', async () => {
  const { store, address } = newStore();
  const { records } = store;
  expect(await records.list('history/dev')).toEqual([]);
  for (const path of ['history/dev/2', 'history/dev/10', 'history/a.b_c/1']) {
    expect(await records.create(path, path)).toBe(true);
    expect(await records.create(path, 'again')).toBe(false);
  }
  await records.replace('history/dev/2', 'closed');
  expect(await records.list('history/dev')).toEqual(['10', '2']);
  expect(await records.read('history/dev/2')).toBe('closed');
  expect(await records.read('history/dev/3')).toBeUndefined();
  expect(await records.folders('history')).toEqual(['a.b_c', 'dev']);
  expect(await records.list('history/a.b_c')).toEqual(['1']);
  expect(records.describe('history/dev/2')).toBe(`${address}:record.history.dev.2`);
  expect(await store.objects.list()).toEqual({ contents: [], others: 0 });
});

test('many records are read at once over few connections', async () => {
  const { records } = newStore().store;
  await records.create('history/dev/1', 1);
  const real = fetch;
  let [running, most] = [0, 0];
  vi.stubGlobal('fetch', async (...args: Parameters<typeof fetch>) => {
    most = Math.max(most, ++running);
    return real(...args).finally(() => running--);
  });
  const values = await Promise.all(Array.from({ length: 100 }, () => records.read('history/dev/1')));
  vi.unstubAllGlobals();
  expect(values).toEqual(Array.from({ length: 100 }, () => 1));
  expect(most).toBe(8);
});

test('the claim of a process that was killed costs one number', async () => {
  const { address } = newStore();
  const client = new Client(parseAddress(address, ''));
  const claim = artifactManifest('application/vnd.railhead.claim.v1', [], { id: 'dead' });
  await pushManifest(client, 'claim.history.dev.1.dead', claim);
  const records = ociRecords(client, 100);
  expect(await records.create('history/dev/1', 1)).toBe(false);
  expect(await records.create('history/dev/2', 2)).toBe(true);
  expect(await records.list('history/dev')).toEqual(['2']);
});

test('a registry that does not delete says so, and keeps records and contents', async () => {
  const other = await startRegistry(program.path, join(place.root, 'keeps'), { deletes: false });
  try {
    const { store } = newStore(other.host);
    const { source, digest } = await folderWith('kept');
    await store.objects.put(digest, source);
    await expect(store.objects.delete(digest, new Date())).rejects.toThrow(
      `${other.host} does not allow a client to delete.`,
    );
    expect(await store.objects.has(digest)).toBe(true);
    const writers = [1, 2, 3].map((value) => store.records.create('history/dev/1', value));
    expect((await Promise.all(writers)).toSorted()).toEqual([false, false, true]);
  } finally {
    await other.stop();
  }
});

vitest('a registry that does not answer, and an address that is none, are errors of the user', async () => {
  await expect(newStore('127.0.0.1:9').store.records.list('history')).rejects.toThrow(
    /^127\.0\.0\.1:9 cannot be reached: /,
  );
  for (const store of ['oci://ghcr.io', 'oci://ghcr.io/acme:latest', 's3://acme/store']) {
    expect(() => openStore({ name: 'dev', store })).toThrow(
      `Pulumi.dev.yaml: railhead:store is "${store}"; it must be the path of a folder, or a repository`,
    );
  }
});

test('a record that could not be written can be written by another process at once', async () => {
  const client = new Client(parseAddress(newStore().address, 'store'));
  const write = () => Promise.reject(new Error('no space'));
  await expect(createRecord(client, { path: 'history/dev/1', patience: 10_000, write })).rejects.toThrow(
    'no space',
  );
  expect(await ociRecords(client, 500).create('history/dev/1', 1)).toBe(true);
});
