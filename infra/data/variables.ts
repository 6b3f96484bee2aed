import { dataKinds } from './index.ts';
import type { DataKind, Part } from './kind.ts';
import { host, port, url } from './parts.ts';

/** Returns every variable that a data server provides, except POOL_SIZE, which depends on its users. */
export function variablesOf({ logins, variables }: DataKind): Record<string, Part> {
  const [main = ''] = Object.keys(logins);
  return {
    HOST: host,
    PORT: port,
    URL: url(main),
    PRIVATE_DOMAIN: host,
    RAILWAY_PRIVATE_DOMAIN: host,
    ...variables,
  };
}

/** Returns the names of the variables that hold a part of a server's address, for servers of all kinds. */
export function namesOfPart(wanted: Part['part']): string[] {
  const variables = Object.values(dataKinds).flatMap((kind) => Object.entries(variablesOf(kind)));
  return [...new Set(variables.flatMap(([name, { part }]) => (part === wanted ? [name] : [])))];
}

export function isSecret({ part }: Part): boolean {
  return part === 'url' || part === 'password';
}

/** Returns an address with placeholders, for messages. */
export function exampleUrl({ scheme, port, hasDatabase }: DataKind): string {
  return `${scheme}://user:password@host:${port}${hasDatabase ? '/database' : ''}`;
}
