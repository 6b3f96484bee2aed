import { importPKCS8, jwtVerify, SignJWT } from 'jose';
import { keyId, readPublicKeys } from './public-keys.ts';

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
  const key = await importPKCS8(privateKey, 'EdDSA', { extractable: true });
  const kid = await keyId(key);
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
  const findKey = await readPublicKeys(publicKeys);
  return async (token) => {
    if (token.length > maxLength) throw new Error('the token is too long');
    const { payload } = await jwtVerify(token, findKey, {
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
