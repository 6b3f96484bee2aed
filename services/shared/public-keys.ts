import {
  calculateJwkThumbprint,
  type CryptoKey,
  exportJWK,
  importSPKI,
  type JWTHeaderParameters,
} from 'jose';

/** The key that a token's header names. Throws when it is none of ours. */
export type FindKey = (header: Pick<JWTHeaderParameters, 'kid'>) => CryptoKey;

/**
 * Ed25519 keys by their id, from one SPKI PEM block, or several during a rotation. Only these count: what a token says
 * about keys (`jwk`, `jku`, `x5c`) is never followed. Uses Web Crypto alone, since it runs in the Worker too.
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

/** RFC 7638 thumbprint, which is the same for both halves of a pair: both sides name a key alike without agreeing on names. */
export async function keyId(key: CryptoKey): Promise<string> {
  return calculateJwkThumbprint(await exportJWK(key));
}
