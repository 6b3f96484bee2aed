import { generateKeyPairSync } from 'node:crypto';
import { copyFile, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test as vitest, vi } from 'vitest';
import { unless } from '../../tools/testing/unless.ts';
import { contentOf } from './archive.ts';
import { openStore } from './open-store.ts';
import { Client } from './oci/client.ts';
import { isImageSigned, signImage } from './oci/image-signature.ts';
import {
  artifactManifest,
  describe,
  listTags,
  pushManifest,
  readForeignManifest,
  textOf,
} from './oci/repository.ts';
import { readPublicKey, signingEnvironment, signingKey, takeSigningKey } from './signature.ts';
import type { Store } from './store.ts';
import { registryOfFile, registryProgram } from './testing/registry.ts';

const program = await registryProgram();
const pair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
const [own, other] = [pair(), pair()];

const place = registryOfFile(program);

/** Puts two contents, signs one, and returns which are signed by which key. */
async function signOne(name: string, address: string): Promise<Store & { digest: string }> {
  const store = openStore({ name: 'dev', store: address }, place.root);
  const digests: string[] = [];
  for (const text of ['one', 'two']) {
    const source = join(place.root, `${name}-${text}`);
    await mkdir(source);
    await writeFile(join(source, 'main.js'), text);
    digests.push(await contentOf(source));
    await store.objects.put(digests.at(-1) ?? '', source);
  }
  const [one = '', two = ''] = digests;
  const isSigned = (digest: string, { publicKey } = own) => store.objects.isSigned(digest, publicKey);
  expect(await isSigned(one)).toBe(false);
  for (let times = 0; times < 2; times++) await store.objects.sign(one, own.privateKey);
  expect([await isSigned(one), await isSigned(one, other), await isSigned(two)]).toEqual([
    true,
    false,
    false,
  ]);
  expect(await isSigned(`sha256:${'0'.repeat(64)}`)).toBe(false);
  expect((await store.objects.list()).others).toBe(0);
  return { ...store, digest: one };
}

vitest(
  'a content of a folder has a signature of its bytes next to it, which is deleted with it',
  async () => {
    const { objects, digest } = await signOne('folder', 'store');
    expect(await objects.delete(digest, new Date())).toBe(true);
    expect(await readdir(join(place.root, 'store/objects/sha256'))).toHaveLength(1);
  },
);

vitest('an archive under the name of another is neither signed nor counts as signed', async () => {
  const { objects, digest } = await signOne('renamed', 'renamed-store');
  const file = (name: string) => join(place.root, 'renamed-store/objects/sha256', `${name.slice(7)}.tar`);
  const wanted = `sha256:${'1'.repeat(64)}`;
  await copyFile(file(digest), file(wanted));
  await expect(objects.sign(wanted, own.privateKey)).rejects.toThrow(`is damaged: its digest is ${digest}`);
  expect(await objects.isSigned(wanted, own.publicKey)).toBe(false);
  await copyFile(`${file(digest)}.sig`, `${file(wanted)}.sig`);
  await expect(objects.isSigned(wanted, own.publicKey)).rejects.toThrow(`its digest is ${digest}`);
  await expect(objects.sign(`sha256:${'2'.repeat(64)}`, own.privateKey)).rejects.toThrow(/does not exist/);
});

unless(program.lack).test('a content of a registry can have signatures of several keys', async () => {
  const { objects, digest } = await signOne('oci', `oci://${place.host}/acme/shop`);
  await objects.sign(digest, other.privateKey);
  expect(await objects.isSigned(digest, own.publicKey)).toBe(true);
  expect(await objects.isSigned(digest, other.publicKey)).toBe(true);
});

unless(program.lack).test('a signature that another program has written counts, and stays', async () => {
  const host = place.host;
  const { objects, digest } = await signOne('foreign', `oci://${host}/acme/foreign`);
  await objects.sign(digest, other.privateKey);
  const client = new Client({ registry: host, repository: 'acme/foreign' });
  const tag = (await listTags(client)).find((name) => name.endsWith('.sig')) ?? '';
  const { layers = [], ...manifest } = (await readForeignManifest(client, tag)) ?? {};
  // As cosign writes it: with other keys first, and with spaces.
  const text = JSON.stringify({ layers: layers.slice(1), ...manifest }, undefined, 1);
  const headers = { 'content-type': 'application/vnd.oci.image.manifest.v1+json' };
  await client.send(`manifests/${tag}`, { method: 'PUT', headers, body: () => text });
  const signers = async () => [
    await objects.isSigned(digest, own.publicKey),
    await objects.isSigned(digest, other.publicKey),
  ];
  expect(await signers()).toEqual([false, true]);
  await objects.sign(digest, own.privateKey);
  expect(await signers()).toEqual([true, true]);
});

unless(program.lack).test('an image is signed in its own repository', async () => {
  const manifest = artifactManifest(undefined, []);
  await pushManifest(new Client({ registry: place.host, repository: 'acme/api' }), 'one', manifest);
  const image = `${place.host}/acme/api@${describe(textOf(manifest)).digest}`;
  expect(await isImageSigned(image, own.publicKey)).toBe(false);
  await signImage(image, own.privateKey);
  expect([await isImageSigned(image, own.publicKey), await isImageSigned(image, other.publicKey)]).toEqual([
    ...[true, false],
  ]);
  const absent = image.replace(/@.*/, `@sha256:${'0'.repeat(64)}`);
  expect(await isImageSigned(absent, own.publicKey)).toBe(false);
});

vitest('another kind of key is refused, and never shown', () => {
  const pem = generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
  for (const value of [pem, 'hunter2']) {
    vi.stubEnv('RAILHEAD_SIGNING_KEY', value);
    takeSigningKey();
    expect(signingKey).toThrow(
      'RAILHEAD_SIGNING_KEY must be an ECDSA key on the curve P-256 as PEM, without a password.',
    );
  }
  vi.stubEnv('RAILHEAD_SIGNING_KEY', own.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString());
  takeSigningKey();
  expect(signingKey()?.equals(own.privateKey)).toBe(true);
  // Builds and services inherit the environment.
  expect(process.env).not.toHaveProperty('RAILHEAD_SIGNING_KEY');
  expect(signingEnvironment()).toHaveProperty('RAILHEAD_SIGNING_KEY');
  vi.unstubAllEnvs();
  expect(() => readPublicKey(join(place.root, 'absent.pub'))).toThrow(/absent\.pub must be an ECDSA key/);
});
