import type { KeyObject } from 'node:crypto';
import { resolve } from 'node:path';
import type { Pin } from '../releases/schema.ts';
import { isImageSigned, signImage } from '../store/oci/image-signature.ts';
import { readPublicKey } from '../store/signature.ts';
import type { Environment } from '../common/environment.ts';
import type { Store } from '../store/store.ts';

/** The key whose signature each artifact of an environment must have. */
export interface Signer {
  /** As the environment names it: the path of the public key, relative to the project. */
  file: string;
  publicKey: KeyObject;
}

/** Returns the signer that an environment names. Throws UserError. */
export function signerOf({ signedBy }: Pick<Environment, 'signedBy'>, root: string): Signer | undefined {
  return signedBy === undefined
    ? undefined
    : { file: signedBy, publicKey: readPublicKey(resolve(root, signedBy)) };
}

/** What of an artifact is signed: its content in a store, and its image in the registry of its name. */
type Signed = Pick<Pin, 'content' | 'image'>;

/** Signs artifacts, if there is a key. An image without a digest is not signed. Throws UserError. */
export async function signArtifacts(
  artifacts: Iterable<Signed>,
  { objects }: Store,
  key: KeyObject | undefined,
): Promise<void> {
  if (key === undefined) return;
  for (const { content, image } of artifacts) {
    if (content !== undefined) await objects.sign(content, key);
    if (image?.includes('@sha256:')) await signImage(image, key);
  }
}

/** Returns why a pinned artifact does not have the signature that its environment requires. Undefined if it does. */
export async function signatureProblem(
  { content, image }: Signed,
  store: Pick<Store, 'objects' | 'describe'>,
  { file, publicKey }: Signer,
): Promise<string | undefined> {
  if (content !== undefined && !(await store.objects.isSigned(content, publicKey))) {
    return `has no signature of ${file} in ${store.describe()}`;
  }
  if (image !== undefined && !(await isImageSigned(image, publicKey))) {
    return `${image} has no signature of ${file}`;
  }
  return undefined;
}
