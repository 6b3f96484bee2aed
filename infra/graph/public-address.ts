import type { Reference } from './types.ts';

/** Returns the variables with which a service provides its public address. Its URL is that of the gateway. */
export function publicValues(url: string) {
  const { host } = new URL(url);
  return { PUBLIC_URL: url, PUBLIC_DOMAIN: host, RAILWAY_PUBLIC_DOMAIN: host };
}

const names = Object.keys(publicValues('http://localhost')) as PublicName[];

type PublicName = keyof ReturnType<typeof publicValues>;

/** Returns the name of a reference to a public address; undefined for all others. */
export function publicName(reference: Reference): PublicName | undefined {
  return reference.kind === 'provided' ? names.find((name) => name === reference.name) : undefined;
}
