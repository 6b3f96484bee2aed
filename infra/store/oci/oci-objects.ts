import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stat } from 'node:fs/promises';
import { withTemporaryFolder } from '../../common/temporary-folder.ts';
import { UserError } from '../../../tools/user-error.ts';
import { checkedArchive, unpackChecked } from '../checked-archive.ts';
import { hexOf } from '../digest.ts';
import type { Objects, StoredContent } from '../store.ts';
import type { Client } from './client.ts';
import * as repository from './repository.ts';
import { isManifestSigned, signManifest } from './signatures.ts';

const artifactType = 'application/vnd.railhead.artifact.v1';
const putType = 'application/vnd.railhead.put.v1';
const layerType = 'application/vnd.oci.image.layer.v1.tar';

/**
 * Keeps contents as artifacts with the tags `content.<64 hex digits>`, each with one layer: the archive, whose digest names the
 * content. The manifest depends on the content alone, so a signature of it stays valid.
 */
export function ociObjects(client: Client): Objects {
  return {
    has: (digest) => repository.hasManifest(client, contentTag(digest)),
    put: async (digest, source) => {
      await notePut(client, digest);
      if (!(await repository.hasManifest(client, contentTag(digest)))) await push(client, digest, source);
    },
    fetch: (digest, target) => pull(client, digest, target),
    sign: async (digest, key) => signManifest(client, await manifestDigest(client, digest), key),
    isSigned: async (digest, publicKey) =>
      (await repository.hasManifest(client, contentTag(digest))) &&
      (await isManifestSigned(client, await manifestDigest(client, digest), publicKey)),
    list: () => list(client),
    delete: (digest, since) => remove(client, digest, since),
  };
}

/** Returns the tag of a content. */
function contentTag(digest: string): string {
  return `content.${hexOf(digest)}`;
}

/** Returns the manifest of a content. */
function manifestOf(digest: string, size: number): repository.Manifest {
  const annotations = { 'org.opencontainers.image.title': `${hexOf(digest)}.tar` };
  return repository.artifactManifest(artifactType, [{ mediaType: layerType, digest, size, annotations }]);
}

/** Returns the digest of the manifest of a content. Only such a manifest has the archive that the digest names. */
async function manifestDigest(client: Client, digest: string): Promise<string> {
  const manifest = await repository.readManifest(client, contentTag(digest));
  const [layer] = manifest?.layers ?? [];
  const expected = manifestOf(digest, layer?.size ?? 0);
  if (manifest !== undefined && repository.textOf(manifest) === repository.textOf(expected)) {
    return repository.describe(repository.textOf(expected)).digest;
  }
  throw new UserError(
    `${repository.nameOf(client, contentTag(digest))} is not the content ${digest}. Delete it.`,
  );
}

async function push(client: Client, digest: string, source: string): Promise<void> {
  await withTemporaryFolder('railhead-push-', async (folder) => {
    const file = join(folder, 'content.tar');
    await pipeline(checkedArchive(source, digest), createWriteStream(file));
    const { size } = await stat(file);
    const body = () => Readable.toWeb(createReadStream(file)) as ReadableStream;
    await repository.pushBlob(client, { digest, size }, body);
    await repository.pushManifest(client, contentTag(digest), manifestOf(digest, size));
  });
}

async function pull(client: Client, digest: string, target: string): Promise<void> {
  const name = repository.nameOf(client, contentTag(digest));
  if (!(await repository.hasManifest(client, contentTag(digest)))) {
    throw new UserError(`${name} does not exist.`);
  }
  await withTemporaryFolder('railhead-pull-', async (folder) => {
    const file = join(folder, 'content.tar');
    await pipeline(await repository.pullBlob(client, digest), createWriteStream(file));
    await unpackChecked(file, { digest, name, target });
  });
}

/** Sets a tag that says when a content was put. `delete` respects it. */
async function notePut(client: Client, digest: string): Promise<void> {
  const annotations = { digest, 'org.opencontainers.image.created': new Date().toISOString() };
  await repository.pushManifest(
    client,
    `put.${hexOf(digest)}`,
    repository.artifactManifest(putType, [], annotations),
  );
}

/** Returns when a content was put. A content without such a note counts as put now. */
async function timeOfPut(client: Client, digest: string): Promise<Date> {
  const note = await repository.readManifest(client, `put.${hexOf(digest)}`);
  return new Date(note?.annotations?.['org.opencontainers.image.created'] ?? Date.now());
}

async function list(client: Client): Promise<{ contents: StoredContent[]; others: number }> {
  const tags = await repository.listTags(client);
  const digests = tags.flatMap((tag) => {
    const hex = /^content\.([0-9a-f]{64})$/.exec(tag)?.[1];
    return hex === undefined ? [] : `sha256:${hex}`;
  });
  const contents = await Promise.all(digests.toSorted().map((digest) => describeContent(client, digest)));
  const known = /^((content|put|record|claim)\.|sha256-[0-9a-f]{64}\.sig$)/;
  return { contents: contents.flat(), others: tags.filter((tag) => !known.test(tag)).length };
}

/** Returns nothing if another process has deleted the content meanwhile. */
async function describeContent(client: Client, digest: string): Promise<StoredContent[]> {
  const manifest = await repository.readManifest(client, contentTag(digest));
  const [layer] = manifest?.layers ?? [];
  return layer === undefined ? [] : [{ digest, size: layer.size, put: await timeOfPut(client, digest) }];
}

/**
 * A put notes its time before it looks for the content. So if it comes while the content is deleted, either it finds none and pushes
 * it again, or its time is found here after the deletion, and the content is given back.
 */
async function remove(client: Client, digest: string, since: Date): Promise<boolean> {
  if ((await timeOfPut(client, digest)) > since) return false;
  const manifest = await repository.readManifest(client, contentTag(digest));
  if (manifest === undefined) return false;
  await repository.deleteManifest(client, manifest);
  // The note stays: a registry can delete a new one with the manifest of the old one.
  if ((await timeOfPut(client, digest)) <= since) return true;
  await repository.pushManifest(client, contentTag(digest), manifest);
  return false;
}
