import {
  calculateJwkThumbprint,
  type CryptoKey,
  exportJWK,
  importSPKI,
  type JWTHeaderParameters,
} from 'jose';

/** Returns the key that a token's header names. Throws if the key is unknown. */
export type FindKey = (header: Pick<JWTHeaderParameters, 'kid'>) => CryptoKey;

/**
 * Reads Ed25519 keys from one SPKI PEM block, or several during a rotation, and returns a lookup by key id. A token can
 * only be verified with these keys: key headers of a token (`jwk`, `jku`, `x5c`) are ignored. Uses only Web Crypto,
 * since it runs in the Worker too.
 */
export async function readPublicKeys(pem: string): Promise<FindKey> {
  const blocks = pem.match(/-----BEGIN PUBLIC KEY-----[^-]+-----END PUBLIC KEY-----/g);
  if (blocks === null) throw new Error('there is no whole public key in PEM');
  const read = async (block: string) => {
    const key = await importSPKI(block, 'EdDSA', { extractable: true });
    return [await keyId(key), key] as const;
  };
  const keys = new Map(await Promise.all(blocks.map(read)));
  return ({ kid }) => {
    const key = keys.get(kid ?? '');
    if (!key) throw new Error('signed by an unknown key');
    return key;
  };
}

/**
 * Returns the RFC 7638 thumbprint, which is the same for both keys of a pair: signer and verifier derive the same id.
 */
export async function keyId(key: CryptoKey): Promise<string> {
  return calculateJwkThumbprint(await exportJWK(key));
}
