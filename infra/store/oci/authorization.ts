import { z } from 'zod';
import { UserError } from '../../../tools/user-error.ts';
import { readCredentials, type Credentials } from './credentials.ts';

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
  if (realm === undefined || !URL.canParse(realm)) throw noAccess(registry);
  const form = { service, scope, client_id: 'railhead' };
  const response =
    credentials && 'identityToken' in credentials
      ? await fetch(realm, {
          method: 'POST',
          body: new URLSearchParams({
            ...form,
            grant_type: 'refresh_token',
            refresh_token: credentials.identityToken,
          }),
        })
      : await fetch(`${realm}${realm.includes('?') ? '&' : '?'}${new URLSearchParams(form).toString()}`, {
          headers: credentials === undefined ? {} : { authorization: basic(credentials) },
        });
  if (!response.ok) throw noAccess(registry);
  const { token, access_token: other } = answer.parse(await response.json());
  if (token === undefined && other === undefined) throw noAccess(registry);
  return token ?? other ?? '';
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
