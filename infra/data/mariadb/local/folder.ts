import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../../../tools/user-error.ts';
import {
  newCredentials,
  readCredentials,
  writeCredentials,
  type Credentials,
} from '../../local/credentials.ts';
import { createFolder, requireVersion, runInitialiser } from '../../local/folder.ts';
import type { SystemUser } from '../../local/user.ts';
import type { MariadbServer } from './find.ts';

const roles = ['superuser', 'owner', 'app', 'readonly'] as const;

export interface DataFolder {
  /** Absolute path for `--datadir`. */
  data: string;
  credentials: Credentials<(typeof roles)[number]>;
}

interface FolderOptions {
  /** The folder of the data and the passwords. */
  folder: string;
  server: MariadbServer;
  /** For example `10.11`. */
  version: string;
  database: string;
  user: SystemUser | undefined;
  progress: (line: string) => void;
}

/** Creates the data if they do not exist. An interrupted run leaves no partial data. Throws UserError. */
export async function ensureFolder(options: FolderOptions): Promise<DataFolder> {
  const { folder, version, database } = options;
  if (!existsSync(folder)) await initialise(options);
  const data = join(folder, 'data');
  requireVersion('MariaDB', data, readFileSync(join(folder, 'version'), 'utf8').trim(), version);
  const kept = readFileSync(join(folder, 'database'), 'utf8').trim();
  if (kept !== database) {
    throw new UserError(
      `The data in ${data} are in the database ${JSON.stringify(kept)}, and MariaDB cannot rename it to ${JSON.stringify(database)}. ` +
        'Set `railhead:identity` to the former name of the stack, or dump the database and restore it into a new service.',
    );
  }
  return { data, credentials: readCredentials(folder) };
}

async function initialise({
  folder,
  server,
  version,
  database,
  user,
  progress,
}: FolderOptions): Promise<void> {
  progress('creating the system tables');
  await createFolder(folder, 'data', user, async ({ unfinished, data }) => {
    await bootstrap(server, data, user);
    writeFileSync(join(unfinished, 'version'), `${version}\n`);
    writeFileSync(join(unfinished, 'database'), `${database}\n`);
    writeCredentials(unfinished, newCredentials(roles));
  });
}

/** Runs the SQL that creates the system tables, as `mariadb-install-db` does. */
function bootstrap(
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
