import type { SecretText } from '../text.ts';

/** `owner` changes tables, `app` reads and writes rows, `readonly` reads rows. */
const privileges = {
  owner: 'ALL PRIVILEGES',
  app: 'SELECT, INSERT, UPDATE, DELETE, EXECUTE, CREATE TEMPORARY TABLES, LOCK TABLES',
  readonly: 'SELECT, SHOW VIEW',
};

/**
 * Returns the SQL that creates the database and its accounts, and sets their passwords. The server runs it at every start,
 * before it accepts connections, so a new password needs a restart only.
 */
export function accountsSql(database: string): SecretText {
  // In a GRANT, "_" is a wildcard.
  const pattern = database.replaceAll('_', '\\_');
  return [
    `CREATE DATABASE IF NOT EXISTS \`${database}\`;\n`,
    ...setPassword("'root'@'localhost'", 'superuser'),
    ...Object.entries(privileges).flatMap(([login, granted]) => [
      ...setPassword(`'${login}'@'%'`, login),
      `REVOKE ALL PRIVILEGES, GRANT OPTION FROM '${login}'@'%';\n`,
      `GRANT ${granted} ON \`${pattern}\`.* TO '${login}'@'%';\n`,
    ]),
  ];
}

function setPassword(account: string, login: string): SecretText {
  return [
    `CREATE USER IF NOT EXISTS ${account};\nALTER USER ${account} IDENTIFIED BY '`,
    { passwordOf: login },
    "';\n",
  ];
}
