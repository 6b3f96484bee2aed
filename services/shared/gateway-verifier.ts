import { hash } from 'node:crypto';
import { signatureLifetime, signatureType, type SignedRequest } from './gateway-signature.ts';
import { createTokenCheck } from './token-check.ts';

/**
 * Checks the gateway's signatures. `publicKeys` is one SPKI PEM block, or several during a rotation. The verifier throws
 * unless the signature is fresh and made for exactly this method, path and query; it gives the address of the client,
 * which no hop between the gateway and here can have changed.
 */
export async function createGatewayVerifier(
  publicKeys: string,
): Promise<(signature: string, request: SignedRequest) => Promise<string>> {
  const check = await createTokenCheck(publicKeys, {
    typ: signatureType,
    maxLength: 2_048,
    maxTokenAge: signatureLifetime,
    requiredClaims: ['client'],
  });
  return async (signature, { method, target }) => {
    const claims = await check(signature);
    if (claims['method'] !== method) throw new Error('the signature is for another method');
    if (claims['target'] !== hash('sha256', target, 'base64url'))
      throw new Error('the signature is for another target');
    return String(claims['client']);
  };
}
