import { base64url, importPKCS8 } from 'jose';
import { keyId } from './public-keys.ts';

/** Lifetime in seconds. */
export const signatureLifetime = 60;
/**
 * In seconds. The issue time of a signature is the start of its window: a repeated read within the window gets the same
 * signature, which a verifier checks only once. A signature is valid for at least 45 seconds when it is sent.
 */
const windowLength = 15;
/** Number of signatures that are cached within a window, and the maximum key length of a cached one, in characters. */
const capacity = 4_096;
const maxKept = 512;
/** In bytes. The gateway streams a longer body without buffering it, so no signature covers it. */
export const maxSignedBody = 64 * 1_024;
const encoder = new TextEncoder();

/** Type of the token, so that a verifier does not accept another kind of token from the gateway as a signature. */
export const signatureType = 'gateway+jwt';

/** Header that proves that a request comes from the gateway. */
export const gatewaySignature = 'x-gateway-signature';

/** The part of a request that a verifier compares with the signature. */
export interface SignedRequest {
  method: string;
  /** Path and query as sent over the wire. */
  target: string;
}

/** The part of a request that the gateway signs. */
export interface GatewayRequest extends SignedRequest {
  /** Address of the client, as the gateway sees it. */
  client: string;
  /** Name of the only service that may accept the request. */
  service?: string;
  /** `Content-Digest` of the body, if the gateway has read the body before sending it. */
  contentDigest?: string;
}

/** Returns true for GET and HEAD. A signature for any other method is valid once and for one body. */
export function isRead(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}

/** Returns the value of `Content-Digest` (RFC 9530). */
export async function contentDigest(body: ArrayBuffer | Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', body);
  return `sha-256=:${btoa(String.fromCharCode(...new Uint8Array(digest)))}:`;
}

/**
 * Returns a function that signs requests with the gateway's Ed25519 key (PKCS #8 PEM). Uses only Web Crypto, since it
 * runs in the Worker. Builds the token without jose, which would encode the header and look up the key each time: every
 * request waits for this.
 */
export async function createGatewaySigner(
  privateKey: string,
): Promise<(request: GatewayRequest) => Promise<string>> {
  const key = await importPKCS8(privateKey, 'EdDSA', { extractable: true });
  const header = base64url.encode(
    JSON.stringify({ alg: 'EdDSA', typ: signatureType, kid: await keyId(key) }),
  );
  let window = { begin: 0, signatures: new Map<string, string>() };
  return async (request) => {
    const begin = Math.floor(Date.now() / 1_000 / windowLength) * windowLength;
    if (!isRead(request.method)) return sign(request, begin);
    if (begin !== window.begin || window.signatures.size >= capacity)
      window = { begin, signatures: new Map() };
    const { signatures } = window;
    const name = `${request.method} ${request.client} ${request.service} ${request.target}`;
    const kept = signatures.get(name);
    if (kept !== undefined) return kept;
    const signature = await sign(request, begin);
    if (name.length <= maxKept) signatures.set(name, signature);
    return signature;
  };

  async function sign(request: GatewayRequest, iat: number): Promise<string> {
    const { method, target, client, service: aud } = request;
    // The target is hashed so that the header stays short.
    const digest = await crypto.subtle.digest('SHA-256', encoder.encode(target));
    const hash = base64url.encode(new Uint8Array(digest));
    const once = isRead(method) ? {} : { jti: crypto.randomUUID(), 'content-digest': request.contentDigest };
    const claims = { aud, method, target: hash, client, ...once, iat, exp: iat + signatureLifetime };
    const signed = `${header}.${base64url.encode(JSON.stringify(claims))}`;
    const signature = await crypto.subtle.sign('Ed25519', key, encoder.encode(signed));
    return `${signed}.${base64url.encode(new Uint8Array(signature))}`;
  }
}
