import { createPublicKey, type KeyObject } from 'node:crypto';
import * as z from 'zod';
import { parseJson } from '../../common/parse-json.ts';
import { signBytes, verifyBytes } from '../signature.ts';
import type { Client } from './client.ts';
import { limits, readText } from './http.ts';
import * as repository from './repository.ts';

// The form of cosign, which verifies it with `--key` and without a transparency log.
const payloadType = 'application/vnd.dev.cosign.simplesigning.v1+json';
const annotation = 'dev.cosignproject.cosign/signature';

const payloadSchema = z.object({
  critical: z.object({
    image: z.object({ 'docker-manifest-digest': z.string() }),
    type: z.literal('cosign container image signature'),
  }),
});

/** Signs a manifest, unless a signature of this key exists. */
export async function signManifest(client: Client, digest: string, key: KeyObject): Promise<void> {
  if (await isManifestSigned(client, digest, createPublicKey(key))) return;
  const { registry, repository: name } = client.address;
  const payload = JSON.stringify({
    critical: {
      identity: { 'docker-reference': `${registry}/${name}` },
      image: { 'docker-manifest-digest': digest },
      type: 'cosign container image signature',
    },
    optional: null,
  });
  const signature = await signBytes([Buffer.from(payload)], key);
  const blob = await repository.pushText(client, payload);
  const layer = { mediaType: payloadType, ...blob, annotations: { [annotation]: signature } };
  const others = (await repository.readForeignManifest(client, tagOf(digest)))?.layers ?? [];
  await repository.pushManifest(
    client,
    tagOf(digest),
    repository.artifactManifest(undefined, [...others, layer]),
  );
}

/** Returns whether a manifest has a signature of a key. */
export async function isManifestSigned(
  client: Client,
  digest: string,
  publicKey: KeyObject,
): Promise<boolean> {
  const manifest = await repository.readForeignManifest(client, tagOf(digest));
  for (const { mediaType, digest: blob, annotations } of manifest?.layers ?? []) {
    const signature = annotations?.[annotation];
    if (mediaType !== payloadType || signature === undefined) continue;
    const name = repository.nameOf(client, blob);
    const payload = await readText(await repository.pullBlob(client, blob), limits.manifest, name);
    const isNamed = namedIn(payload) === digest;
    if (isNamed && (await verifyBytes([Buffer.from(payload)], signature, publicKey))) return true;
  }
  return false;
}

/** Returns the digest that a payload signs. */
function namedIn(payload: string): string | undefined {
  const { data } = payloadSchema.safeParse(parseJson(payload));
  return data?.critical.image['docker-manifest-digest'];
}

function tagOf(digest: string): string {
  return `${digest.replace(':', '-')}.sig`;
}
