/** `owner` owns the schema and runs migrations, `app` reads and writes rows, `readonly` reads rows. */
export const loginRoles = ['owner', 'app', 'readonly'] as const;

/** Returns the SQL for the privileges on an existing database. The superuser can run it repeatedly, anywhere. */
export function databasePrivileges(database: string): string {
  const name = `"${database.replaceAll('"', '""')}"`;
  return `
  REVOKE ALL ON DATABASE ${name} FROM PUBLIC;
  GRANT CONNECT, TEMPORARY ON DATABASE ${name} TO app;
  GRANT CONNECT ON DATABASE ${name} TO readonly;
  ALTER ROLE readonly IN DATABASE ${name} SET default_transaction_read_only = on;
`;
}

/**
 * The SQL that sets the privileges within a database, run there by the superuser. The grants apply to existing objects;
 * the default privileges apply to objects that `owner` creates later, in any schema.
 */
export const schemaPrivileges = `
  ALTER SCHEMA public OWNER TO owner;
  REVOKE CREATE ON SCHEMA public FROM PUBLIC;
  GRANT USAGE ON SCHEMA public TO app, readonly;
  GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO app;
  GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO app;
  GRANT SELECT ON ALL TABLES IN SCHEMA public TO readonly;
  ALTER DEFAULT PRIVILEGES FOR ROLE owner GRANT USAGE ON SCHEMAS TO app, readonly;
  ALTER DEFAULT PRIVILEGES FOR ROLE owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO app;
  ALTER DEFAULT PRIVILEGES FOR ROLE owner GRANT USAGE, SELECT ON SEQUENCES TO app;
  ALTER DEFAULT PRIVILEGES FOR ROLE owner GRANT SELECT ON TABLES TO readonly;
`;
