import {
  createRemoteJWKSet,
  customFetch,
  errors,
  type JWTPayload,
  jwtVerify,
  type JWTVerifyGetKey,
} from 'jose';
import type { Refusal } from './answers.ts';
import type { Origin, RouteAuth } from './environment.ts';
import type { User } from './headers.ts';

const algorithms = ['EdDSA', 'ES256', 'RS256'];
/** In seconds. */
const clockTolerance = 5;
/** Maximum length of a token and of a key set, in characters. */
const maxToken = 8_192;
const maxKeySet = 65_536;
/**
 * In milliseconds. A token with an unknown key makes the gateway fetch the key set again, at most once per cooldown.
 */
const keySetTimes = { timeoutDuration: 5_000, cacheMaxAge: 600_000, cooldownDuration: 30_000 };

/** Returns the user that the request's bearer token names, or a refusal if the token is missing or invalid. */
export async function checkToken(headers: Headers, auth: RouteAuth, issuer: Origin): Promise<User | Refusal> {
  const token = /^Bearer ([\w.~+/=-]+)$/i.exec(headers.get('authorization') ?? '')?.[1];
  if (token === undefined) return unauthorized('This address requires a bearer token.', 'Bearer');
  if (token.length > maxToken) return invalid;
  try {
    const { payload, protectedHeader } = await jwtVerify(token, keysOf(auth, issuer), {
      algorithms,
      clockTolerance,
      issuer: auth.issuer,
      audience: auth.audience,
      requiredClaims: ['exp'],
    });
    if (!isExactly(auth.audience, payload.aud) || !isAccessToken(protectedHeader.typ)) return invalid;
    return userOf(payload);
  } catch (error) {
    if (error instanceof KeysUnavailable || error instanceof errors.JWKSInvalid)
      return unavailable(auth, error);
    return invalid;
  }
}

function unauthorized(message: string, challenge: string): Refusal {
  return { status: 401, code: 'unauthorized', message, headers: { 'www-authenticate': challenge } };
}

const invalid = unauthorized(
  'The token is not valid for this address, or has expired.',
  'Bearer error="invalid_token", error_description="not valid for this address, or expired"',
);

/** Some issuers set no `typ`. A token with another type, for example `logout+jwt`, serves another purpose. */
function isAccessToken(typ: string | undefined): boolean {
  return typ === undefined || ['jwt', 'at+jwt'].includes(typ.toLowerCase().replace(/^application\//, ''));
}

/** Rejects tokens with further audiences: another service that received such a token could replay it here. */
function isExactly(audience: string, claim: string | string[] | undefined): boolean {
  return [claim].flat().every((name) => name === audience);
}

/**
 * Returns the user from the claims `sub` and `roles` (a list, or a string separated by spaces). Leaves out values
 * that a header cannot carry unchanged.
 */
function userOf({ sub, roles = [] }: JWTPayload & { roles?: unknown }): User {
  const listed: unknown[] = typeof roles === 'string' ? roles.split(' ') : [roles].flat();
  const plain = listed.filter(isPlain).filter((role) => !role.includes(','));
  return { ...(isPlain(sub) && { id: sub }), roles: plain };
}

function isPlain(text: unknown): text is string {
  return typeof text === 'string' && /^[!-~]([ -~]*[!-~])?$/.test(text);
}

class KeysUnavailable extends Error {
  override name = 'KeysUnavailable';
}

/** Key sets by URL. The routes limit their number. */
const keySets = new Map<string, JWTVerifyGetKey>();

function keysOf({ jwks }: RouteAuth, issuer: Origin): JWTVerifyGetKey {
  const known = keySets.get(jwks);
  if (known !== undefined) return known;
  const keys = createRemoteJWKSet(new URL(jwks), {
    ...keySetTimes,
    [customFetch]: (url, init) => fetchKeySet(url, init, issuer),
  });
  keySets.set(jwks, keys);
  return keys;
}

async function fetchKeySet(url: string, init: RequestInit, issuer: Origin): Promise<Response> {
  try {
    const response = await issuer.fetch(url, init);
    if (response.status !== 200) throw new Error(`the issuer answered ${response.status}`);
    return Response.json(JSON.parse(await readUpTo(maxKeySet, response)));
  } catch (error) {
    throw new KeysUnavailable(String(error));
  }
}

async function readUpTo(limit: number, { body }: Response): Promise<string> {
  let text = '';
  for await (const chunk of body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    if (text.length > limit) throw new Error('the key set is too long');
  }
  return text;
}

function unavailable({ jwks }: RouteAuth, error: Error): Refusal {
  const fields = { jwks, reason: error.message };
  console.warn(JSON.stringify({ level: 'warn', service: 'gateway', msg: 'keys unavailable', ...fields }));
  return {
    status: 503,
    code: 'keys_unavailable',
    message: 'Your token cannot be verified right now. Please try again in a moment.',
    headers: { 'retry-after': '5' },
  };
}
