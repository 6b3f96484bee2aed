import { kindOf, type DataService } from './index.ts';
import type { DataConfig, DataKind, Part, ServerAddress } from './kind.ts';
import { standardRegion } from './s3/server.ts';
import type { SecretText } from './text.ts';
import { variablesOf } from './variables.ts';

/** Returns the value of every variable that a server of the system provides. */
export function serverValues(service: DataService, address: ServerAddress): Record<string, SecretText> {
  const kind = kindOf(service);
  return Object.fromEntries(
    Object.entries(variablesOf(kind)).map(([name, part]) => [name, valueOf(part, kind, address, service)]),
  );
}

function valueOf(
  part: Part,
  { scheme, logins, hasDatabase }: DataKind,
  address: ServerAddress,
  { buckets }: DataConfig,
): SecretText {
  const { database } = address;
  const { host, port } = (part.direct ? undefined : address.pooler) ?? address;
  switch (part.part) {
    case 'host':
      return [host];
    case 'port':
      return [String(port)];
    case 'database':
      return [database];
    case 'endpoint':
      return [`${scheme}://${host}:${port}`];
    case 'bucket':
      return [buckets?.[0] ?? ''];
    case 'region':
      return [standardRegion];
    case 'user':
      return [logins[part.login]?.user ?? ''];
    case 'password':
      return [{ passwordOf: part.login }];
    case 'url': {
      const end = `@${host}:${port}${hasDatabase ? `/${database}` : ''}`;
      return [`${scheme}://${logins[part.login]?.user}:`, { passwordOf: part.login }, end];
    }
  }
}
