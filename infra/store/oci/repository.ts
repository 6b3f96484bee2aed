import { createHash } from 'node:crypto';
import * as z from 'zod';
import { parseJson } from '../../common/parse-json.ts';
import { UserError } from '../../../tools/user-error.ts';
import type { Body, Client } from './client.ts';
import { limits, readText } from './http.ts';

const manifestType = 'application/vnd.oci.image.manifest.v1+json';

const annotations = z.record(z.string(), z.string());

const descriptor = z.object({
  mediaType: z.string(),
  digest: z.string(),
  /** Bytes. */
  size: z.int().nonnegative(),
  annotations: annotations.optional(),
});

const manifestSchema = z.object({
  schemaVersion: z.literal(2),
  mediaType: z.literal(manifestType),
  artifactType: z.string().optional(),
  config: descriptor,
  layers: z.array(descriptor),
  annotations: annotations.optional(),
});

export type Descriptor = z.infer<typeof descriptor>;
export type Manifest = z.infer<typeof manifestSchema>;

const empty = '{}';

/** The config of an artifact that has none, by the specification of images. */
const emptyConfig = { mediaType: 'application/vnd.oci.empty.v1+json', ...describe(empty) };

/** Returns the manifest of an artifact: the same bytes for the same arguments. */
export function artifactManifest(
  artifactType: string | undefined,
  layers: Descriptor[],
  annotations?: Record<string, string>,
): Manifest {
  return {
    schemaVersion: 2,
    mediaType: manifestType,
    ...(artifactType !== undefined && { artifactType }),
    config: emptyConfig,
    layers: layers.length > 0 ? layers : [emptyConfig],
    ...(annotations && { annotations }),
  };
}

/** Returns the digest and the size of a text. */
export function describe(text: string): { digest: string; size: number } {
  return {
    digest: `sha256:${createHash('sha256').update(text).digest('hex')}`,
    size: Buffer.byteLength(text),
  };
}

/** Returns the bytes of a manifest, which its digest covers. */
export function textOf(manifest: Manifest): string {
  return JSON.stringify(manifest);
}

/** Returns a manifest of Railhead. Undefined if the repository does not have it. Throws UserError if others have written it. */
export async function readManifest(client: Client, reference: string): Promise<Manifest | undefined> {
  const found = await manifestText(client, reference);
  const { data } = manifestSchema.safeParse(parseJson(found ?? ''));
  if (found === undefined || (data !== undefined && textOf(data) === found)) return data;
  throw new UserError(`${nameOf(client, reference)} is not what Railhead has written. Delete it.`);
}

/** Returns a manifest that other programs write too, in a form of their own. Undefined if the repository does not have it. */
export async function readForeignManifest(client: Client, reference: string): Promise<Manifest | undefined> {
  const found = await manifestText(client, reference);
  const { data } = manifestSchema.safeParse(parseJson(found ?? ''));
  if (found === undefined || data !== undefined) return data;
  throw new UserError(`${nameOf(client, reference)} is not the manifest of an image. Delete it.`);
}

async function manifestText(client: Client, reference: string): Promise<string | undefined> {
  const found = await client.send(`manifests/${reference}`, {
    headers: { accept: manifestType },
    accepted: [404],
  });
  const text = await readText(found.body, limits.manifest, nameOf(client, reference));
  return found.status === 404 ? undefined : text;
}

export async function hasManifest(client: Client, reference: string): Promise<boolean> {
  const request = { method: 'HEAD', headers: { accept: manifestType }, accepted: [404] } as const;
  return (await client.send(`manifests/${reference}`, request)).status !== 404;
}

/** Writes a manifest with a tag. What it refers to has to exist. */
export async function pushManifest(client: Client, tag: string, manifest: Manifest): Promise<void> {
  if (manifest.config.digest === emptyConfig.digest) await pushText(client, empty);
  const body = () => textOf(manifest);
  await client.send(`manifests/${tag}`, { method: 'PUT', headers: { 'content-type': manifestType }, body });
}

/** Deletes a manifest with its tags. Throws UserError if the registry does not allow that. */
export async function deleteManifest(client: Client, manifest: Manifest): Promise<void> {
  const { digest } = describe(textOf(manifest));
  const request = { method: 'DELETE', accepted: [404, 405] } as const;
  const { status } = await client.send(`manifests/${digest}`, request);
  if (status !== 405) return;
  throw new UserError(
    `${client.address.registry} does not allow a client to delete. Allow it there, or delete with its own rules for retention.`,
  );
}

/** Writes a blob that the repository does not have. */
export async function pushBlob(
  client: Client,
  { digest, size }: Pick<Descriptor, 'digest' | 'size'>,
  body: () => Body,
): Promise<void> {
  const found = await client.send(`blobs/${digest}`, { method: 'HEAD', accepted: [404] });
  if (found.status !== 404) return;
  const begun = await client.send('blobs/uploads/', { method: 'POST' });
  const location = begun.headers.get('location');
  if (location === null) throw new UserError(`${client.address.registry} gives no place for an upload.`);
  const target = new URL(location, begun.url);
  target.searchParams.set('digest', digest);
  const headers = { 'content-type': 'application/octet-stream', 'content-length': String(size) };
  await client.send(target.href, { method: 'PUT', headers, body });
}

/** Writes a text as a blob, and returns its digest and size. */
export async function pushText(client: Client, text: string): Promise<{ digest: string; size: number }> {
  const described = describe(text);
  await pushBlob(client, described, () => text);
  return described;
}

/** Throws UserError if the repository does not have the blob. */
export async function pullBlob(client: Client, digest: string): Promise<AsyncIterable<Uint8Array>> {
  const { body } = await client.send(`blobs/${digest}`);
  if (body === null) throw new UserError(`${nameOf(client, digest)} is empty.`);
  return body;
}

const tagList = z.object({ tags: z.array(z.string()).nullish() });

/** Returns all tags of the repository. None if it does not exist. */
export async function listTags(client: Client): Promise<string[]> {
  const tags: string[] = [];
  const { registry } = client.address;
  const pages = new Set<string>();
  for (let next: string | undefined = 'tags/list?n=1000'; next !== undefined;) {
    if (pages.has(next)) throw noTags(registry, 'it gives the same page again');
    pages.add(next);
    const page: Response = await client.send(next, { accepted: [404] });
    if (page.status === 404) return [];
    const text = await readText(page.body, limits.tags, `The list of tags of ${registry}`);
    const { data } = tagList.safeParse(parseJson(text));
    if (data === undefined) throw noTags(registry, 'its answer has no tags');
    tags.push(...(data.tags ?? []));
    const link = /<([^>]+)>; *rel="?next"?/.exec(page.headers.get('link') ?? '')?.[1];
    next = link === undefined ? undefined : new URL(link, page.url).href;
  }
  return tags;
}

function noTags(registry: string, problem: string): UserError {
  return new UserError(
    `${registry} does not list tags as a registry does: ${problem}. Check that railhead:store names a registry, or choose another store.`,
  );
}

/** Returns the name of a manifest or a blob, for messages. */
export function nameOf({ address: { registry, repository } }: Client, reference: string): string {
  return `oci://${registry}/${repository}${reference.startsWith('sha256:') ? '@' : ':'}${reference}`;
}
