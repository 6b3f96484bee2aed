import { generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inFolder } from '../common/folders.ts';
import { formatRelease } from '../releases/format.ts';
import { folderStore } from '../store/folder-store.ts';
import { keepRelease } from './keep.ts';
import { openPins } from './open-pins.ts';
import { buildRelease } from './release.ts';
import { signArtifacts } from './sign.ts';
import { graphOf, temporaryProject } from './testing.ts';

const { project, release, source, write } = temporaryProject();
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

test('a release file with an unsigned artifact is refused, with its line, and a signed one runs', async () => {
  const services = { api: { start: './run' }, web: { start: './run' } };
  await source('api', { run: 'api' });
  await source('web', { run: 'web' });
  await write('release.pub', publicKey.export({ format: 'pem', type: 'spki' }).toString());
  const { root } = project;
  const environment = { name: 'qa', store: join(root, 'store'), signedBy: 'release.pub' };
  const writeFile = async (artifacts: Record<string, { hash: string; content: string }>) => {
    const head = { environment: 'dev', stack: { file: 'a.yaml' }, time: '2026-11-29T06:18:32Z', by: 'Ada' };
    await write('releases/qa.yaml', formatRelease({ version: 1, ...head, artifacts }));
  };
  const take = () => {
    const pins = inFolder(root, () => openPins(environment, root));
    const options = { root, preview: false, containers: undefined, progress: () => undefined, pins };
    return buildRelease(graphOf(services), options);
  };
  expect(take).toThrow(
    'qa deploys only artifacts that release.pub has signed (railhead:signedBy), and releases/qa.yaml, which names them, does not exist. Nothing was changed.\nNext: npx --no -- railhead promote … qa',
  );
  const built = await release(services);
  const store = folderStore(environment.store);
  const kept = await keepRelease(built, store, expect.unreachable);
  const content = (name: string) => kept[name]?.content ?? '';
  const pin = (name: string) => ({ hash: kept[name]?.hash ?? '', content: content(name) });
  await writeFile({ api: pin('api'), web: pin('web') });
  await signArtifacts([{ content: content('api') }], store, undefined);
  await expect(take()).rejects.toThrow(/qa\.yaml:\d+:\d+ +artifacts\.api: has no signature of release\.pub/);
  await signArtifacts([{ content: content('api') }, {}], store, privateKey);
  const one = await take().catch((error: unknown) => String(error));
  expect(one).toContain('artifacts.web: has no signature');
  expect(one).not.toContain('artifacts.api');
  await signArtifacts([{ content: content('web') }], store, privateKey);
  expect(Object.keys(await take())).toEqual(['api', 'web']);
  await write(`store/objects/sha256/${content('web').slice(7)}.tar`, 'other');
  await expect(take()).rejects.toThrow(/qa\.yaml:\d+:\d+ +artifacts\.web: .*\.tar is damaged/);
});
