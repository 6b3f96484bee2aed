import { database, host, password, port, url, user } from '../parts.ts';

/** The variables of servers with the protocol of MySQL. Railway gives those without an underscore to MySQL. */
export const mysqlVariables = {
  MYSQL_URL: url('app'),
  READONLY_URL: url('readonly'),
  OWNER_URL: url('owner'),
  OWNER_USER: user('owner'),
  OWNER_PASSWORD: password('owner'),
  MYSQLHOST: host,
  MYSQLPORT: port,
  MYSQLUSER: user('app'),
  MYSQLPASSWORD: password('app'),
  MYSQLDATABASE: database,
};

export const mysqlOwnerVariables = {
  URL: 'OWNER_URL',
  MYSQL_URL: 'OWNER_URL',
  MYSQLUSER: 'OWNER_USER',
  MYSQLPASSWORD: 'OWNER_PASSWORD',
};
