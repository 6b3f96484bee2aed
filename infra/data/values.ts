import { kindOf, type DataService } from './index.ts';
import type { DataKind, Part, ServerAddress } from './kind.ts';
import type { SecretText } from './text.ts';
import { variablesOf } from './variables.ts';

/** Returns the value of every variable that a server of the system provides. */
export function serverValues(service: DataService, address: ServerAddress): Record<string, SecretText> {
  const kind = kindOf(service);
  return Object.fromEntries(
    Object.entries(variablesOf(kind)).map(([name, part]) => [name, valueOf(part, kind, address)]),
  );
}

function valueOf(part: Part, { scheme, logins, hasDatabase }: DataKind, address: ServerAddress): SecretText {
  const { host, port, database } = address;
  switch (part.part) {
    case 'host':
      return [host];
    case 'port':
      return [String(port)];
    case 'database':
      return [database];
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
