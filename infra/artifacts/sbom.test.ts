import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderStore } from '../store/folder-store.ts';
import { copySbom, keepSboms } from './keep-sboms.ts';
import { sbomOf } from './sbom.ts';
import { temporaryProject } from './testing.ts';

const { project, release, source, write } = temporaryProject();
const bytes = Buffer.alloc(64, 1);
const integrity = `sha512-${bytes.toString('base64')}`;
const settings = 'entries: main.ts\nbuilder: esbuild 0.28.2';
const artifact = (packages: Record<string, string>) => ({
  service: 'api',
  hash: 'a'.repeat(16),
  inputs: { folder: 'services/api', files: {}, packages, settings },
});

test('a bill of materials lists each package once, with its hash', () => {
  const described = `1.2.3 ${integrity.slice(0, 27)}`;
  const paths = ['node_modules/@s/one', 'node_modules/b/node_modules/@s/one', '../../node_modules/b'];
  const packages = Object.fromEntries(paths.map((path) => [path, described]));
  const hashes = [{ alg: 'SHA-512', content: bytes.toString('hex') }];
  const bill = sbomOf(artifact(packages), { integrity: new Map(paths.map((path) => [path, integrity])) });
  expect(bill).toMatchObject({
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    metadata: { component: { type: 'application', name: 'api', version: 'a'.repeat(16) } },
    components: [
      { name: '@s/one', version: '1.2.3', purl: 'pkg:npm/%40s/one@1.2.3', hashes },
      { name: 'b', version: '1.2.3', purl: 'pkg:npm/b@1.2.3', hashes },
    ],
    compositions: [{ aggregate: 'complete' }],
  });
  const others = sbomOf(artifact(packages), { integrity: new Map(paths.map((path) => [path, 'sha512-x'])) });
  // A package that was installed meanwhile is not the one of the artifact.
  expect(others.components.map(({ hashes }) => hashes)).toEqual([undefined, undefined]);
});

test('the bill of a bundle is in the store, is the same every time, and is copied with a promotion', async () => {
  const lock = { packages: { 'node_modules/one': { version: '1.0.0', integrity } } };
  await write('node_modules/.package-lock.json', JSON.stringify(lock));
  await write('node_modules/one/package.json', '{"name":"one","version":"1.0.0","main":"index.js"}');
  await write('node_modules/one/index.js', 'module.exports = 1;');
  await source('api', { 'main.ts': `import one from 'one'; console.log(one);` });
  await source('web', { run: '' });
  const store = folderStore(join(project.root, 'store'));
  const built = await release({ api: {}, web: { start: './run' } });
  await keepSboms(built, project.root, store);
  await keepSboms(built, project.root, store);
  const path = `sbom/api-${built.api?.hash}`;
  const found = await store.records.read(path);
  expect(found).toMatchObject({
    components: [{ purl: 'pkg:npm/one@1.0.0', hashes: [{ alg: 'SHA-512' }] }],
    compositions: [{ aggregate: 'complete' }],
  });
  expect(await store.records.read(`sbom/web-${built.web?.hash}`)).toMatchObject({
    components: [],
    compositions: [{ aggregate: 'incomplete' }],
  });
  const other = folderStore(join(project.root, 'other'));
  const named = { service: 'api', hash: built.api?.hash ?? '' };
  for (let times = 0; times < 2; times++) await copySbom(named, store.records, other.records);
  expect(await other.records.read(path)).toEqual(found);
  await copySbom({ ...named, service: 'absent' }, store.records, other.records);
  expect(await other.records.list('sbom')).toHaveLength(1);
});
