import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { UserError } from '../../../../tools/user-error.ts';
import {
  newCredentials,
  readCredentials,
  writeCredentials,
  type Credentials,
} from '../../local/credentials.ts';
import { makeFolder, makePassableFolder } from '../../../common/folders.ts';
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
  const found = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim();
  if (found !== version) {
    throw new UserError(
      `The data in ${data} belong to Postgres ${found}, but the stack file has version ${version}. ` +
        `Set \`version: "${found}"\` again, or dump the database with Postgres ${found} and restore it into an empty Postgres ${version}.`,
    );
  }
  return { data, credentials: readCredentials<Role>(folder) };
}

async function initialise({ folder, bin, user, progress }: ClusterOptions): Promise<void> {
  progress('creating the database cluster');
  const parent = dirname(folder);
  const prefix = `.${basename(folder)}-init-`;
  makePassableFolder(parent);
  const abandoned = readdirSync(parent).filter((name) => name.startsWith(prefix));
  for (const name of abandoned) rmSync(join(parent, name), { recursive: true });

  const unfinished = join(parent, `${prefix}${process.pid}`);
  const data = join(unfinished, 'pgdata');
  const password = join(unfinished, 'password');
  const credentials = newCredentials(roles);
  makeFolder(unfinished, 0o711);
  mkdirSync(data, { mode: 0o700 });
  writeFileSync(password, credentials.superuser, { mode: 0o600 });
  if (user !== undefined) for (const path of [data, password]) chownSync(path, user.uid, user.gid);

  await initdb(bin, data, password, user);
  rmSync(password);
  writeCredentials(unfinished, credentials);
  renameSync(unfinished, folder);
}

async function initdb(
  bin: string,
  data: string,
  password: string,
  user: SystemUser | undefined,
): Promise<void> {
  const args = [
    `--pgdata=${data}`,
    `--pwfile=${password}`,
    '--username=postgres',
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
  ];
  const child = spawn(join(bin, 'initdb'), args, { cwd: data, stdio: ['ignore', 'ignore', 'pipe'], ...user });
  const [complaint] = await Promise.all([text(child.stderr), once(child, 'close')]);
  if (child.exitCode !== 0) {
    throw new UserError(
      `initdb could not create the database cluster in ${dirname(data)}:\n${complaint.trim()}`,
    );
  }
}
