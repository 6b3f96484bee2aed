// Written by `npm run api`: all types that this entry of the package exports, in one file because a review reads it as a whole.

/**
 * Returns a function that creates tokens with the caller's Ed25519 key (PKCS8 PEM). Reuses a token for half its
 * lifetime.
 */
export declare function createTokenSigner(privateKey: string, { issuer, audience }: Parties): Promise<() => Promise<string>>;
/**
 * Returns a verifier of a caller's tokens. `publicKeys` is one SPKI PEM block, or several during a rotation. The
 * verifier throws on any token that differs from what `createTokenSigner` creates.
 */
export declare function createTokenVerifier(publicKeys: string, { issuer, audience }: Parties): Promise<(token: string) => Promise<void>>;
/** The calling service (`iss`) and the called service (`aud`). A token for one service is invalid at another. */
export interface Parties {
	issuer: string;
	audience: string;
}

export {};
