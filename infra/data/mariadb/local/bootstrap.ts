import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInitialiser } from '../../local/folder.ts';
import type { SystemUser } from '../../local/user.ts';
import type { MariadbServer } from './find.ts';

/** Runs the SQL that creates the system tables, as `mariadb-install-db` does. */
export function bootstrap(
  { executable, share }: MariadbServer,
  data: string,
  user: SystemUser | undefined,
): Promise<void> {
  return runInitialiser(
    [
      executable,
      '--no-defaults',
      '--bootstrap',
      `--datadir=${data}`,
      ...shareArgs(share),
      '--log-warnings=0',
    ],
    { data, user, input: systemTables(share), task: 'the system tables' },
  );
}

/** Returns the options that say where the files of the server are. */
export function shareArgs(share: string): string[] {
  return [`--lc-messages-dir=${share}`, `--character-sets-dir=${join(share, 'charsets')}`];
}

function systemTables(share: string): string {
  // MariaDB 11 has renamed the scripts.
  const product = existsSync(join(share, 'mariadb_system_tables.sql')) ? 'mariadb' : 'mysql';
  const scripts = [
    `${product}_system_tables.sql`,
    `${product}_performance_tables.sql`,
    `${product}_system_tables_data.sql`,
    'fill_help_tables.sql',
    'maria_add_gis_sp_bootstrap.sql',
    `${product}_sys_schema.sql`,
  ];
  const sql = scripts.map((script) => readFileSync(join(share, script), 'utf8'));
  return ['CREATE DATABASE mysql;', 'USE mysql;', ...sql].join('\n');
}
