import { hash } from 'node:crypto';
import { signatureLifetime, signatureType, type SignedRequest } from './gateway-signature.ts';
import { createSingleUse } from './single-use.ts';
import { clockTolerance, createTokenCheck } from './token-check.ts';

/** The facts about a request that a valid signature proves. */
export interface Vouched {
  /** Address of the client. No hop after the gateway can change it. */
  client: string;
  /** `Content-Digest` that the body must have. Undefined if the gateway streamed the body. */
  contentDigest?: string;
}

/**
 * Returns a verifier of the gateway's signatures. `publicKeys` is one SPKI PEM block, or several during a rotation. The
 * verifier throws unless the signature is unexpired, matches this method, path, query and service, and, if it has an id
 * (`jti`), is used for the first time in this process. A gateway of an older version signs no service, body or id.
 */
export async function createGatewayVerifier(
  publicKeys: string,
  service: string,
): Promise<(signature: string, request: SignedRequest) => Promise<Vouched>> {
  const check = await createTokenCheck(publicKeys, {
    typ: signatureType,
    maxLength: 2_048,
    maxTokenAge: signatureLifetime,
    requiredClaims: ['client'],
  });
  const isFirstUse = createSingleUse();
  return async (signature, { method, target }) => {
    const { aud = service, jti, iat = 0, ...claims } = await check(signature);
    if (aud !== service) throw new Error('the signature is for another service');
    if (claims['method'] !== method) throw new Error('the signature is for another method');
    if (claims['target'] !== hash('sha256', target, 'base64url'))
      throw new Error('the signature is for another target');
    // jose compares whole seconds, so a signature expires up to one second later.
    const end = (iat + signatureLifetime + clockTolerance + 1) * 1_000;
    if (jti !== undefined && !isFirstUse(jti, end)) throw new Error('the signature has been used');
    const contentDigest = claims['content-digest'];
    return { client: String(claims['client']), ...(typeof contentDigest === 'string' && { contentDigest }) };
  };
}
