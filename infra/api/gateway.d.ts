// Written by `npm run api`: all types that this entry of the package exports, in one file because a review reads it as a whole.

/** Header that proves that a request comes from the gateway. */
export declare const gatewaySignature = "x-gateway-signature";
/** In bytes. The gateway streams a longer body without buffering it, so no signature covers it. */
export declare const maxSignedBody: number;
/** Returns the value of `Content-Digest` (RFC 9530). */
export declare function contentDigest(body: ArrayBuffer | Uint8Array<ArrayBuffer>): Promise<string>;
/**
 * Returns a function that signs requests with the gateway's Ed25519 key (PKCS #8 PEM). Uses only Web Crypto, since it
 * runs in the Worker. Builds the token without jose, which would encode the header and look up the key each time: every
 * request waits for this.
 */
export declare function createGatewaySigner(privateKey: string): Promise<(request: GatewayRequest) => Promise<string>>;
/**
 * Returns a verifier of the gateway's signatures. `publicKeys` is one SPKI PEM block, or several during a rotation. The
 * verifier throws unless the signature is unexpired, matches this method, path, query and service, and, if it has an id
 * (`jti`), is used for the first time in this process. A gateway of an older version signs no service, body or id.
 */
export declare function createGatewayVerifier(publicKeys: string, service: string): Promise<(signature: string, request: SignedRequest) => Promise<Vouched>>;
interface GatewayRequest extends SignedRequest {
	/** Address of the client, as the gateway sees it. */
	client: string;
	/** Name of the only service that may accept the request. */
	service?: string;
	/** `Content-Digest` of the body, if the gateway has read the body before sending it. */
	contentDigest?: string;
}
interface SignedRequest {
	method: string;
	/** Path and query as sent over the wire. */
	target: string;
}
interface Vouched {
	/** Address of the client. No hop after the gateway can change it. */
	client: string;
	/** `Content-Digest` that the body must have. Undefined if the gateway streamed the body. */
	contentDigest?: string;
}

export {};
