import { base64url, importPKCS8, jwtVerify } from 'jose';
import { keyId, readPublicKeys } from './public-keys.ts';

/** Lifetime in seconds. */
const lifetime = 60;
const clockTolerance = 5;
const maxLength = 2_048;
const typ = 'gateway+jwt';
const encoder = new TextEncoder();

/** Header that proves a request to be the gateway's. */
export const gatewaySignature = 'x-gateway-signature';

/** What a signature is for. */
export interface SignedRequest {
  method: string;
  /** Path and query as they go over the wire. */
  target: string;
}

/** What the gateway vouches for. */
export interface GatewayRequest extends SignedRequest {
  /** Address of the client, as the gateway sees it. */
  client: string;
}

/**
 * Signs with the gateway's Ed25519 key (PKCS #8 PEM). Uses Web Crypto alone, since it runs in the Worker, and puts the
 * token together by itself: every request waits for this, and jose would make its header and ask for its key each time.
 */
export async function createGatewaySigner(
  privateKey: string,
): Promise<(request: GatewayRequest) => Promise<string>> {
  const key = await importPKCS8(privateKey, 'EdDSA', { extractable: true });
  const header = base64url.encode(JSON.stringify({ alg: 'EdDSA', typ, kid: await keyId(key) }));
  return async (request) => {
    const iat = Math.floor(Date.now() / 1_000);
    const claims = { ...(await claimsOf(request)), iat, exp: iat + lifetime };
    const signed = `${header}.${base64url.encode(JSON.stringify(claims))}`;
    const signature = await crypto.subtle.sign('Ed25519', key, encoder.encode(signed));
    return `${signed}.${base64url.encode(new Uint8Array(signature))}`;
  };
}

/**
 * Checks the gateway's signatures. `publicKeys` is one SPKI PEM block, or several during a rotation. The verifier throws
 * unless the signature is fresh and made for exactly this method, path and query; it gives the address of the client,
 * which no hop between the gateway and here can have changed.
 */
export async function createGatewayVerifier(
  publicKeys: string,
): Promise<(signature: string, request: SignedRequest) => Promise<string>> {
  const findKey = await readPublicKeys(publicKeys);
  return async (signature, { method, target }) => {
    if (signature.length > maxLength) throw new Error('the signature is too long');
    const { payload } = await jwtVerify(signature, findKey, {
      algorithms: ['EdDSA'],
      typ,
      clockTolerance,
      maxTokenAge: lifetime,
      requiredClaims: ['exp', 'iat', 'client'],
    });
    for (const [name, value] of Object.entries(await claimsOf({ method, target }))) {
      if (payload[name] !== value) throw new Error(`the signature is for another ${name}`);
    }
    return String(payload['client']);
  };
}

/** The target goes in as a hash, so that the header stays short. */
async function claimsOf<Request extends SignedRequest>(request: Request): Promise<Request> {
  const digest = await crypto.subtle.digest('SHA-256', encoder.encode(request.target));
  return { ...request, target: base64url.encode(new Uint8Array(digest)) };
}
