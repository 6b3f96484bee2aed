import type { Text } from '../../plan/hole.ts';
import type { PostgresService } from '../../data/index.ts';
import { databaseName, postgresValues, type ProvidedValues } from '../../servers/values.ts';
import type { DataContainer } from '../data-container.ts';
import { postgresContainer, type Passwords } from './container.ts';
import { passwordFiles } from './roles.ts';

/** A Postgres server of a stack: its container, and the variables that it provides to other services. */
export interface PostgresServer {
  container: DataContainer;
  database: string;
  passwords: Passwords;
  provided: ProvidedValues;
}

/**
 * Returns the Postgres server of a data service.
 *
 * @param passwordOf creates a password that is kept under a name, for example `postgres-owner`
 */
export function postgresServer(
  { name, config }: { name: string; config: PostgresService },
  { stack, host }: { stack: string; host: string },
  passwordOf: (name: string) => Text,
): PostgresServer {
  const database = databaseName(stack);
  const passwords = Object.fromEntries(
    passwordFiles.map((role) => [role, passwordOf(`${name}-${role}`)]),
  ) as Passwords;
  return {
    container: postgresContainer(config, database, passwords),
    database,
    passwords,
    provided: postgresValues({
      address: { host, port: config.port },
      database,
      appPassword: passwords.app,
      readonlyPassword: passwords.readonly,
      ownerPassword: passwords.owner,
    }),
  };
}
