import { importPKCS8, SignJWT } from 'jose';
import { keyId } from './public-keys.ts';
import { createTokenCheck } from './token-check.ts';

/** Lifetimes in seconds. */
const lifetime = 60;
const maxLifetime = 120;
const typ = 'svc+jwt';

/** The calling service (`iss`) and the called service (`aud`). A token for one service is invalid at another. */
export interface Parties {
  issuer: string;
  audience: string;
}

/**
 * Returns a function that creates tokens with the caller's Ed25519 key (PKCS8 PEM). Reuses a token for half its
 * lifetime.
 */
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
    // Negative if the clock was set back: the token's issue time would be in the future.
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
 * Returns a verifier of a caller's tokens. `publicKeys` is one SPKI PEM block, or several during a rotation. The
 * verifier throws on any token that differs from what `createTokenSigner` creates.
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
    if (aud !== audience) throw new Error('the token has further audiences');
    if (exp - iat > maxLifetime) throw new Error('the lifetime of the token is too long');
  };
}
