import * as z from 'zod';
import { parseJson } from '../../common/parse-json.ts';
import { UserError } from '../../../tools/user-error.ts';
import { urlOf } from './address.ts';
import { readCredentials, type Credentials } from './credentials.ts';
import { ask, limits, readText } from './http.ts';

const answer = z.object({ token: z.string().optional(), access_token: z.string().optional() });

/** Returns the header `Authorization` that a registry asks for with `WWW-Authenticate`. Throws UserError. */
export async function authorize(registry: string, challenge: string): Promise<string> {
  const credentials = await readCredentials(registry);
  const [scheme = ''] = challenge.split(' ');
  if (scheme.toLowerCase() === 'bearer') {
    return `Bearer ${await requestToken(registry, parametersOf(challenge), credentials)}`;
  }
  if (credentials === undefined || !('user' in credentials)) throw noAccess(registry);
  return basic(credentials);
}

async function requestToken(
  registry: string,
  { realm, service = registry, scope = '' }: Record<string, string>,
  credentials: Credentials | undefined,
): Promise<string> {
  const url = realmOf(registry, realm);
  const form = { service, scope, client_id: 'railhead' };
  let response: Response;
  if (credentials && 'identityToken' in credentials) {
    const { identityToken } = credentials;
    const body = new URLSearchParams({
      ...form,
      grant_type: 'refresh_token',
      refresh_token: identityToken,
    });
    // A redirect would send the token to another place.
    response = await ask(registry, url, { method: 'POST', body, redirect: 'error' });
  } else {
    for (const [name, value] of Object.entries(form)) url.searchParams.append(name, value);
    const headers = credentials === undefined ? {} : { authorization: basic(credentials) };
    response = await ask(registry, url, { headers });
  }
  if (!response.ok) throw noAccess(registry);
  const text = await readText(response.body, limits.token, `The token of ${registry}`);
  const { data } = answer.safeParse(parseJson(text));
  const token = data?.token ?? data?.access_token;
  if (token === undefined) throw noAccess(registry);
  return token;
}

/**
 * Returns the address that issues tokens, which gets the credentials. Throws UserError if the address is not safe for credentials:
 * without https, or with a user name in it.
 */
function realmOf(registry: string, realm = ''): URL {
  const url = URL.canParse(realm) ? new URL(realm) : undefined;
  const isSafe = url?.protocol === 'https:' || url?.protocol === new URL(urlOf(registry)).protocol;
  if (url !== undefined && isSafe && url.username === '' && url.password === '') return url;
  throw new UserError(
    `${registry} names no address with https that issues tokens, so it gets no credentials. Ask its operator, or choose another registry.`,
  );
}

/** Parses `Bearer realm="https://auth.example.org/token",service="registry"`. */
function parametersOf(challenge: string): Record<string, string> {
  const found = challenge.matchAll(/(\w+)="([^"]*)"/g);
  return Object.fromEntries([...found].map(([, name = '', value = '']) => [name, value]));
}

function basic({ user, password }: { user: string; password: string }): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

function noAccess(registry: string): UserError {
  return new UserError(
    `${registry} gives no access with the credentials of this machine. Next: docker login ${registry}`,
  );
}
