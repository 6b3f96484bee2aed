import { isDeepStrictEqual } from 'node:util';
import { kindOf } from '../data/index.ts';
import { poolerOf } from '../data/pooler/pooler.ts';
import { isCode, type Stack } from '../stack/schema.ts';
import type { Template } from './types.ts';

/**
 * Returns the variables that refer to the role `app` of a database, with its owner instead, and to a pooler, with its server
 * instead. `preDeploy` needs the owner to create tables (infra/decisions/0013-pre-deploy-is-the-owner-of-the-database.md).
 */
export function ownerVariables(
  variables: Record<string, Template>,
  { services }: Stack,
): Record<string, Template> {
  const changed = Object.entries(variables).map(([name, template]): [string, Template, boolean] => {
    const owned = template.map((piece) => {
      if (typeof piece === 'string' || piece.kind !== 'provided') return piece;
      const server = services[piece.service];
      if (server === undefined || isCode(server)) return piece;
      const { ownerVariables, directVariables = {} } = kindOf(server);
      const direct = poolerOf(server) === undefined ? undefined : directVariables[piece.name];
      return { ...piece, name: ownerVariables[piece.name] ?? direct ?? piece.name };
    });
    return [name, owned, !isDeepStrictEqual(owned, template)];
  });
  return Object.fromEntries(changed.flatMap(([name, owned, isOther]) => (isOther ? [[name, owned]] : [])));
}
