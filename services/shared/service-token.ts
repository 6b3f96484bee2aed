import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { calculateJwkThumbprint, jwtVerify, SignJWT } from 'jose';

/** Lifetimes in seconds. */
const lifetime = 60;
const maxLifetime = 120;
const clockTolerance = 5;
const maxLength = 4_096;
const typ = 'svc+jwt';

/** Who calls (`iss`) and who is called (`aud`): a token for one service is worth nothing at another. */
export interface Parties {
  issuer: string;
  audience: string;
}

/** Signs with the caller's Ed25519 key (PKCS8 PEM); each call gives a fresh token. */
export async function createTokenSigner(
  privateKey: string,
  parties: Parties,
): Promise<() => Promise<string>> {
  const key = createPrivateKey(privateKey);
  const kid = await keyId(createPublicKey(key));
  return () =>
    new SignJWT()
      .setProtectedHeader({ alg: 'EdDSA', typ, kid })
      .setIssuer(parties.issuer)
      .setAudience(parties.audience)
      .setIssuedAt()
      .setExpirationTime(`${lifetime}s`)
      .sign(key);
}

/**
 * Checks a caller's tokens. `publicKeys` is one SPKI PEM block, or several during a rotation. The verifier throws on any
 * token that is not exactly what `createTokenSigner` makes.
 */
export async function createTokenVerifier(
  publicKeys: string,
  { issuer, audience }: Parties,
): Promise<(token: string) => Promise<void>> {
  const keys = await keysById(publicKeys);
  return async (token) => {
    if (token.length > maxLength) throw new Error('the token is too long');
    const { payload } = await jwtVerify(token, ({ kid }) => known(keys, kid), {
      algorithms: ['EdDSA'],
      typ,
      issuer,
      audience,
      clockTolerance,
      maxTokenAge: maxLifetime,
      requiredClaims: ['exp', 'iat'],
    });
    if (payload.aud !== audience) throw new Error('the token is for others too');
    const { exp = Infinity, iat = 0 } = payload;
    if (exp - iat > maxLifetime) throw new Error('the token lives too long');
  };
}

/** Only our own keys count: what a token says about keys (`jwk`, `jku`, `x5c`) is never followed. */
function known(keys: Map<string, KeyObject>, kid: string | undefined): KeyObject {
  const key = keys.get(kid ?? '');
  if (!key) throw new Error('the token is signed by an unknown key');
  return key;
}

async function keysById(pem: string): Promise<Map<string, KeyObject>> {
  const blocks = pem.match(/-----BEGIN PUBLIC KEY-----[^-]+-----END PUBLIC KEY-----/g) ?? [];
  const keys = blocks.map((block) => createPublicKey(block));
  return new Map(await Promise.all(keys.map(async (key) => [await keyId(key), key] as const)));
}

/** RFC 7638 thumbprint, so that both sides name a key alike without agreeing on names. */
async function keyId(key: KeyObject): Promise<string> {
  return calculateJwkThumbprint(key.export({ format: 'jwk' }));
}
