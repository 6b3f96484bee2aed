import { base64url, importPKCS8, jwtVerify, SignJWT } from 'jose';
import { keyId, readPublicKeys } from './public-keys.ts';

/** Lifetime in seconds. */
const lifetime = 60;
const clockTolerance = 5;
const maxLength = 2_048;
const typ = 'gateway+jwt';

/** Header that proves a request to be the gateway's. */
export const gatewaySignature = 'x-gateway-signature';

/** What the gateway vouches for. */
export interface GatewayRequest {
  method: string;
  /** Path and query as they go over the wire. */
  target: string;
  /** Address of the client, which the origin finds in `X-Forwarded-For`. */
  client: string;
}

/** Signs with the gateway's Ed25519 key (PKCS #8 PEM). Uses Web Crypto alone, since it runs in the Worker. */
export async function createGatewaySigner(
  privateKey: string,
): Promise<(request: GatewayRequest) => Promise<string>> {
  const key = await importPKCS8(privateKey, 'EdDSA', { extractable: true });
  const kid = await keyId(key);
  return async (request) =>
    new SignJWT(await claimsOf(request))
      .setProtectedHeader({ alg: 'EdDSA', typ, kid })
      .setIssuedAt()
      .setExpirationTime(`${lifetime}s`)
      .sign(key);
}

/**
 * Checks the gateway's signatures. `publicKeys` is one SPKI PEM block, or several during a rotation. The verifier throws
 * unless the signature is fresh and made for exactly this method, path, query and client.
 */
export async function createGatewayVerifier(
  publicKeys: string,
): Promise<(signature: string, request: GatewayRequest) => Promise<void>> {
  const findKey = await readPublicKeys(publicKeys);
  return async (signature, request) => {
    if (signature.length > maxLength) throw new Error('the signature is too long');
    const { payload } = await jwtVerify(signature, findKey, {
      algorithms: ['EdDSA'],
      typ,
      clockTolerance,
      maxTokenAge: lifetime,
      requiredClaims: ['exp', 'iat'],
    });
    for (const [name, value] of Object.entries(await claimsOf(request))) {
      if (payload[name] !== value) throw new Error(`the signature is for another ${name}`);
    }
  };
}

/** The target goes in as a hash, so that the header stays short. */
async function claimsOf({ method, target, client }: GatewayRequest): Promise<Record<string, string>> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(target));
  return { method, target: base64url.encode(new Uint8Array(digest)), client };
}
