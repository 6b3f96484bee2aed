import { type JWTPayload, jwtVerify, type JWTVerifyOptions } from 'jose';
import { readPublicKeys } from './public-keys.ts';

/** In seconds. */
export const clockTolerance = 5;
/** Number of cached tokens. */
const capacity = 4_096;

/** Conditions that every token must meet. */
export interface TokenRules extends Pick<JWTVerifyOptions, 'issuer' | 'audience'> {
  /** Type of the token: a token for another purpose has another type and is invalid here. */
  typ: string;
  /** In characters. */
  maxLength: number;
  /** In seconds since its issue time, even if the token expires later. */
  maxTokenAge: number;
  /** In addition to `exp` and `iat`. */
  requiredClaims?: string[];
}

/**
 * Returns a function that verifies tokens signed with one of these Ed25519 keys (SPKI PEM) and returns their claims. It
 * throws on any other token. It caches a valid token until the token expires, since a verification costs more than most
 * requests. The cache key is the whole token, so a token of another key is never found in it. Single-use tokens (`jti`)
 * are not cached.
 */
export async function createTokenCheck(
  publicKeys: string,
  { maxLength, requiredClaims = [], ...rules }: TokenRules,
): Promise<(token: string) => Promise<Readonly<JWTPayload>>> {
  const findKey = await readPublicKeys(publicKeys);
  const options = {
    ...rules,
    algorithms: ['EdDSA'],
    clockTolerance,
    requiredClaims: ['exp', 'iat', ...requiredClaims],
  };
  const good = new Map<string, JWTPayload>();
  return async (token) => {
    if (token.length > maxLength) throw new Error('the token is too long');
    const known = good.get(token);
    if (known !== undefined && Date.now() < expiryOf(known)) return known;
    good.delete(token);
    // Web Crypto instead of `verify` from node:crypto, which would block all other requests meanwhile.
    const { payload } = await jwtVerify(token, findKey, options);
    if (payload.jti !== undefined) return payload;
    if (good.size >= capacity) good.clear();
    good.set(token, payload);
    return payload;
  };

  /**
   * Returns the expiry in milliseconds, without the clock tolerance: within the tolerance, jose checks the token
   * again.
   */
  function expiryOf({ exp = 0, iat = 0 }: JWTPayload): number {
    return Math.min(exp, iat + rules.maxTokenAge) * 1_000;
  }
}
