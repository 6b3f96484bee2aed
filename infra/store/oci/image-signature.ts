import type { KeyObject } from 'node:crypto';
import { clientFor, type Client } from './client.ts';
import { isManifestSigned, signManifest } from './signatures.ts';

/**
 * Signs an image in its registry, unless it has a signature of this key. Throws UserError.
 *
 * @param image with its digest: `ghcr.io/acme/shop/api@sha256:…`
 */
export async function signImage(image: string, key: KeyObject): Promise<void> {
  const { client, digest } = open(image);
  await signManifest(client, digest, key);
}

/** Returns whether an image has a signature of a key in its registry. Throws UserError. */
export async function isImageSigned(image: string, publicKey: KeyObject): Promise<boolean> {
  const { client, digest } = open(image);
  return isManifestSigned(client, digest, publicKey);
}

function open(image: string): { client: Client; digest: string } {
  const [name = '', digest = ''] = image.split('@');
  const [first = '', ...rest] = name.replace(/:[^:/]*$/, '').split('/');
  // As Docker reads names: only a host has a dot or a port.
  const hasHost = rest.length > 0 && /[.:]|^localhost$/.test(first);
  const path = hasHost ? rest : [first, ...rest];
  const repository = !hasHost && path.length === 1 ? `library/${path.join('/')}` : path.join('/');
  return { client: clientFor({ registry: hasHost ? first : 'docker.io', repository }), digest };
}
