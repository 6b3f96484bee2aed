import { type JWTPayload, jwtVerify, type JWTVerifyOptions } from 'jose';
import { readPublicKeys } from './public-keys.ts';

/** In seconds. */
export const clockTolerance = 5;
/** Tokens that are remembered. */
const capacity = 4_096;

/** What must hold of a token, whoever shows it and for whatever. */
export interface TokenRules extends Pick<JWTVerifyOptions, 'issuer' | 'audience'> {
  /** Purpose that the token names, so that one made for another purpose is worth nothing here. */
  typ: string;
  /** In characters. */
  maxLength: number;
  /** In seconds since it was issued, whatever its expiry. */
  maxTokenAge: number;
  /** Beside expiry and time of issue. */
  requiredClaims?: string[];
}

/**
 * Checks tokens that were signed with one of these Ed25519 keys (SPKI PEM) and gives their claims; throws on every other
 * one. A token is remembered until it expires once its signature and its claims have been found good, since that costs
 * more than most requests: the very same token need not be checked again, and a token of other keys never gets in. One that is
 * good once (`jti`) is not remembered.
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
    // Web Crypto and not `verify` of node:crypto, which would hold up all other requests meanwhile.
    const { payload } = await jwtVerify(token, findKey, options);
    if (payload.jti !== undefined) return payload;
    if (good.size >= capacity) good.clear();
    good.set(token, payload);
    return payload;
  };

  /** In milliseconds, without the tolerance: at the edge jose decides. */
  function expiryOf({ exp = 0, iat = 0 }: JWTPayload): number {
    return Math.min(exp, iat + rules.maxTokenAge) * 1_000;
  }
}
