import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  newCredentials,
  readCredentials,
  writeCredentials,
  type Credentials,
} from '../../local/credentials.ts';
import { createFolder, own, requireVersion, runInitialiser } from '../../local/folder.ts';
import type { SystemUser } from '../../local/user.ts';

/** The database roles. Only this target uses `superuser`; services get the other ones. */
export const roles = ['superuser', 'owner', 'app', 'readonly'] as const;

export type Role = (typeof roles)[number];

export interface Cluster {
  /** Absolute path of the folder for `postgres -D`. */
  data: string;
  credentials: Credentials<Role>;
}

interface ClusterOptions {
  /** The folder of the cluster and its passwords. */
  folder: string;
  /** The folder that contains `initdb`. */
  bin: string;
  /** Major version. */
  version: string;
  user: SystemUser | undefined;
  progress: (line: string) => void;
}

/** Creates the database cluster if it does not exist. An interrupted run leaves no partial cluster. Throws UserError. */
export async function ensureCluster(options: ClusterOptions): Promise<Cluster> {
  const { folder, version } = options;
  if (!existsSync(folder)) await initialise(options);
  const data = join(folder, 'pgdata');
  requireVersion('Postgres', data, readFileSync(join(data, 'PG_VERSION'), 'utf8').trim(), version);
  return { data, credentials: readCredentials<Role>(folder) };
}

async function initialise({ folder, bin, user, progress }: ClusterOptions): Promise<void> {
  progress('creating the database cluster');
  await createFolder(folder, 'pgdata', user, async ({ unfinished, data }) => {
    const password = join(unfinished, 'password');
    const credentials = newCredentials(roles);
    writeFileSync(password, credentials.superuser, { mode: 0o600 });
    own(password, user);
    await runInitialiser(
      [
        join(bin, 'initdb'),
        `--pgdata=${data}`,
        `--pwfile=${password}`,
        '--username=postgres',
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
      ],
      { data, user, task: 'the database cluster' },
    );
    rmSync(password);
    writeCredentials(unfinished, credentials);
  });
}
