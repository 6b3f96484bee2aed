import type { Stack } from '../stack/schema.ts';
import type { Template } from './types.ts';

/** Maps variables of the role `app`, which may only change rows, to those of the owner of the tables. */
const asOwner: Record<string, string> = {
  URL: 'OWNER_URL',
  DATABASE_URL: 'OWNER_URL',
  PGUSER: 'OWNER_USER',
  PGPASSWORD: 'OWNER_PASSWORD',
};

/**
 * Returns the variables that refer to the role `app` of a Postgres, with its owner instead. `preDeploy` needs the
 * owner to create tables (infra/decisions/0013-pre-deploy-is-the-owner-of-the-database.md).
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
