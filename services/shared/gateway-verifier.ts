import { hash } from 'node:crypto';
import { signatureLifetime, signatureType, type SignedRequest } from './gateway-signature.ts';
import { createSingleUse } from './single-use.ts';
import { clockTolerance, createTokenCheck } from './token-check.ts';

/** What a good signature says of its request. */
export interface Vouched {
  /** Address of the client, which no hop between the gateway and here can have changed. */
  client: string;
  /** `Content-Digest` that the body must have; undefined where the gateway did not know the body beforehand. */
  contentDigest?: string;
}

/**
 * Checks the gateway's signatures. `publicKeys` is one SPKI PEM block, or several during a rotation. The verifier throws
 * unless the signature is fresh, made for exactly this method, path, query and service, and, where it names itself
 * (`jti`), shown here for the first time. A gateway of an older version signs neither service nor body nor name.
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
    // Whole seconds count, so that a signature dies up to one later.
    const end = (iat + signatureLifetime + clockTolerance + 1) * 1_000;
    if (jti !== undefined && !isFirstUse(jti, end)) throw new Error('the signature has been used');
    const contentDigest = claims['content-digest'];
    return { client: String(claims['client']), ...(typeof contentDigest === 'string' && { contentDigest }) };
  };
}
