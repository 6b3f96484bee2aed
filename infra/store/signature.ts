import { createPrivateKey, createPublicKey, createSign, createVerify, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { UserError } from '../../tools/user-error.ts';

/** The environment variable with the private key, as PEM. */
export const keyVariable = 'RAILHEAD_SIGNING_KEY';

const form = 'an ECDSA key on the curve P-256 as PEM';

/** The private key as PEM, once it was taken. */
let taken: string | undefined;

/** Removes the private key from the environment, so that no build, no service and no other child process gets it. */
export function takeSigningKey(): void {
  taken = process.env[keyVariable];
  delete process.env[keyVariable];
}

/** Returns the environment of a child process that signs too: another command of Railhead. */
export function signingEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, ...(taken !== undefined && { [keyVariable]: taken }) };
}

/**
 * Returns the private key that signs what this process stores, if it was taken. Undefined if there is none. Throws UserError, which
 * never shows the key.
 */
export function signingKey(): KeyObject | undefined {
  const pem = taken;
  if (pem === undefined || pem === '') return undefined;
  return parsed(() => createPrivateKey(pem), `${keyVariable} must be ${form}, without a password.`);
}

/** Reads a public key. Throws UserError. */
export function readPublicKey(file: string): KeyObject {
  return parsed(() => createPublicKey(readFileSync(file, 'utf8')), `${file} must be ${form}.`);
}

type Bytes = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** Returns the signature of bytes, as base64. */
export async function signBytes(bytes: Bytes, key: KeyObject): Promise<string> {
  const signer = createSign('sha256');
  for await (const part of bytes) signer.update(part);
  return signer.sign(key, 'base64');
}

export async function verifyBytes(bytes: Bytes, signature: string, key: KeyObject): Promise<boolean> {
  const verifier = createVerify('sha256');
  for await (const part of bytes) verifier.update(part);
  return verifier.verify(key, signature, 'base64');
}

function parsed(parse: () => KeyObject, problem: string): KeyObject {
  let key: KeyObject | undefined;
  try {
    key = parse();
  } catch {
    // The reason of the parser can contain a part of the key.
  }
  if (key?.asymmetricKeyDetails?.namedCurve === 'prime256v1') return key;
  throw new UserError(problem);
}
