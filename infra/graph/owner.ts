import type { Stack } from '../stack/schema.ts';
import type { Template } from './types.ts';

/** What stands for the role that may change rows alone, and what stands for the owner of the tables. */
const asOwner: Record<string, string> = {
  URL: 'OWNER_URL',
  DATABASE_URL: 'OWNER_URL',
  PGUSER: 'OWNER_USER',
  PGPASSWORD: 'OWNER_PASSWORD',
};

/**
 * Those of the variables that lead to a Postgres as its role `app`, with its owner instead: `preDeploy` makes tables
 * (infra/decisions/0013-pre-deploy-is-the-owner-of-the-database.md).
 */
export function ownerVariables(
  variables: Record<string, Template>,
  { services }: Stack,
): Record<string, Template> {
  const changed = Object.entries(variables).map(([name, template]): [string, Template, boolean] => {
    const owned = template.map((piece) => {
      const isOfPostgres =
        typeof piece === 'object' &&
        piece.kind === 'provided' &&
        services[piece.service]?.kind === 'postgres';
      const other = isOfPostgres ? asOwner[piece.name] : undefined;
      return isOfPostgres && other !== undefined ? { ...piece, name: other } : piece;
    });
    return [name, owned, owned.some((piece, index) => piece !== template[index])];
  });
  return Object.fromEntries(changed.flatMap(([name, owned, isOther]) => (isOther ? [[name, owned]] : [])));
}
