import { extensionsScript } from './extensions.ts';
import { databasePrivileges, loginRoles, schemaPrivileges } from './privileges.ts';

/** The roles whose passwords are files of the secrets folder. */
export const passwordFiles = ['superuser', ...loginRoles] as const;

/**
 * Returns the psql script that creates the database and its roles, for the superuser. psql reads the passwords from
 * files, and the settings at the beginning keep the statements out of the server's log.
 */
export function rolesScript(database: string, extensions: readonly string[] = []): string {
  return `\\set ON_ERROR_STOP on
\\set VERBOSITY terse
SET log_statement = none;
SET log_min_duration_statement = -1;
SET log_min_error_statement = panic;
${loginRoles.map(ensureRole).join('')}${setPassword('postgres', 'superuser')}
SELECT 'CREATE DATABASE "${database}" OWNER owner'
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '${database}') \\gexec
${databasePrivileges(database)}
\\connect "${database}"
${extensionsScript(extensions)}${schemaPrivileges}`;
}

function ensureRole(role: string): string {
  return `
SELECT 'CREATE ROLE ${role}' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${role}') \\gexec
${setPassword(role, role)}`;
}

function setPassword(role: string, file: string): string {
  return `\\set password \`cat "$SECRETS/${file}"\`
ALTER ROLE ${role} LOGIN PASSWORD :'password';
`;
}
