import { importPKCS8, SignJWT } from 'jose';
import { keyId } from './public-keys.ts';
import { createTokenCheck } from './token-check.ts';

/** Lifetimes in seconds. */
const lifetime = 60;
const maxLifetime = 120;
const typ = 'svc+jwt';

/** Who calls (`iss`) and who is called (`aud`): a token for one service is worth nothing at another. */
export interface Parties {
  issuer: string;
  audience: string;
}

/** Signs with the caller's Ed25519 key (PKCS8 PEM). A token is used for half of its lifetime, whatever it is asked for. */
export async function createTokenSigner(
  privateKey: string,
  { issuer, audience }: Parties,
): Promise<() => Promise<string>> {
  const key = await importPKCS8(privateKey, 'EdDSA', { extractable: true });
  const kid = await keyId(key);
  let token: Promise<string>;
  let issued = -Infinity;
  return () => {
    const age = Date.now() - issued;
    // Below zero when the clock was set back: the token would be one of the future.
    if (age < 0 || age >= (lifetime * 1_000) / 2) {
      issued = Date.now();
      token = sign();
    }
    return token;
  };

  function sign(): Promise<string> {
    return new SignJWT()
      .setProtectedHeader({ alg: 'EdDSA', typ, kid })
      .setIssuer(issuer)
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime(`${lifetime}s`)
      .sign(key);
  }
}

/**
 * Checks a caller's tokens. `publicKeys` is one SPKI PEM block, or several during a rotation. The verifier throws on any
 * token that is not exactly what `createTokenSigner` makes.
 */
export async function createTokenVerifier(
  publicKeys: string,
  { issuer, audience }: Parties,
): Promise<(token: string) => Promise<void>> {
  const check = await createTokenCheck(publicKeys, {
    typ,
    issuer,
    audience,
    maxLength: 4_096,
    maxTokenAge: maxLifetime,
  });
  return async (token) => {
    const { aud, exp = Infinity, iat = 0 } = await check(token);
    if (aud !== audience) throw new Error('the token is for others too');
    if (exp - iat > maxLifetime) throw new Error('the token lives too long');
  };
}
