import { base64url, importPKCS8 } from 'jose';
import { keyId } from './public-keys.ts';

/** Lifetime in seconds. */
export const signatureLifetime = 60;
/**
 * In seconds. A signature counts as issued when its window began: whoever asks for the same read again within the window
 * gets the same bytes, and no verifier has to check them twice. At least 45 seconds of its life are left on the way.
 */
const windowLength = 15;
/** Signatures that are kept within a window, and how many characters a request may have to be among them. */
const capacity = 4_096;
const maxKept = 512;
/** In bytes: a longer body is not held back until it is known, so no signature is for it. */
export const maxSignedBody = 64 * 1_024;
const encoder = new TextEncoder();

/** Type of the token, so that no other one that the gateway might sign is taken for a signature. */
export const signatureType = 'gateway+jwt';

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
  /** Name of the one service that the request is for. */
  service?: string;
  /** `Content-Digest` of the body, where it is known before it is sent. */
  contentDigest?: string;
}

/** A signature for any other method is good once and for one body. */
export function isRead(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}

/** Value of `Content-Digest` (RFC 9530). */
export async function contentDigest(body: ArrayBuffer | Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', body);
  return `sha-256=:${btoa(String.fromCharCode(...new Uint8Array(digest)))}:`;
}

/**
 * Signs with the gateway's Ed25519 key (PKCS #8 PEM). Uses Web Crypto alone, since it runs in the Worker, and puts the
 * token together by itself: every request waits for this, and jose would make its header and ask for its key each time.
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
    // The target goes in as a hash, so that the header stays short.
    const digest = await crypto.subtle.digest('SHA-256', encoder.encode(target));
    const hash = base64url.encode(new Uint8Array(digest));
    const once = isRead(method) ? {} : { jti: crypto.randomUUID(), 'content-digest': request.contentDigest };
    const claims = { aud, method, target: hash, client, ...once, iat, exp: iat + signatureLifetime };
    const signed = `${header}.${base64url.encode(JSON.stringify(claims))}`;
    const signature = await crypto.subtle.sign('Ed25519', key, encoder.encode(signed));
    return `${signed}.${base64url.encode(new Uint8Array(signature))}`;
  }
}
