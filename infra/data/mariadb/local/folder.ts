import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../../../tools/user-error.ts';
import {
  newCredentials,
  readCredentials,
  writeCredentials,
  type Credentials,
} from '../../local/credentials.ts';
import { createFolder, requireVersion } from '../../local/folder.ts';
import type { SystemUser } from '../../local/user.ts';

/** A server with the accounts and the protocol of MySQL. */
export interface SqlServer {
  /** The product name in messages. */
  title: string;
  /** Absolute path. */
  executable: string;
  /** The version of the stack file, for example `10.11`. */
  version: string;
  /** Options that the server needs at this place, in addition to those of every server. */
  args: string[];
  /** Creates the system tables in an empty folder. */
  bootstrap: (data: string, user: SystemUser | undefined) => Promise<void>;
}

const roles = ['superuser', 'owner', 'app', 'readonly'] as const;

export interface DataFolder {
  /** Absolute path for `--datadir`. */
  data: string;
  credentials: Credentials<(typeof roles)[number]>;
}

interface FolderOptions {
  /** The folder of the data and the passwords. */
  folder: string;
  server: SqlServer;
  database: string;
  user: SystemUser | undefined;
  progress: (line: string) => void;
}

/** Creates the data if they do not exist. An interrupted run leaves no partial data. Throws UserError. */
export async function ensureFolder(options: FolderOptions): Promise<DataFolder> {
  const { folder, server, database } = options;
  const { title, version } = server;
  if (!existsSync(folder)) await initialise(options);
  const data = join(folder, 'data');
  requireVersion(title, data, readFileSync(join(folder, 'version'), 'utf8').trim(), version);
  const kept = readFileSync(join(folder, 'database'), 'utf8').trim();
  if (kept !== database) {
    throw new UserError(
      `The data in ${data} are in the database ${JSON.stringify(kept)}, and ${title} cannot rename it to ${JSON.stringify(database)}. ` +
        'Set `railhead:identity` to the former name of the stack, or dump the database and restore it into a new service.',
    );
  }
  return { data, credentials: readCredentials(folder) };
}

async function initialise({ folder, server, database, user, progress }: FolderOptions): Promise<void> {
  progress('creating the system tables');
  await createFolder(folder, 'data', user, async ({ unfinished, data }) => {
    await server.bootstrap(data, user);
    writeFileSync(join(unfinished, 'version'), `${server.version}\n`);
    writeFileSync(join(unfinished, 'database'), `${database}\n`);
    writeCredentials(unfinished, newCredentials(roles));
  });
}
