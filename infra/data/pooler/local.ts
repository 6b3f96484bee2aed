import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { capture, type Progress } from '../../../tools/command.ts';
import { pathFolders, resolveExecutable } from '../../../tools/executables.ts';
import { openToOthers, runsAsRoot, toolCache } from '../../../tools/tool-cache.ts';
import { UserError } from '../../../tools/user-error.ts';
import { makePassableFolder } from '../../common/folders.ts';
import { debianFolder, unpackDebian, type DebianServer } from '../local/debian.ts';
import { own } from '../local/folder.ts';
import { serverUser, type SystemUser } from '../local/user.ts';
import { fillPasswords } from '../text.ts';
import { poolerConfig, poolerUsers } from './pooler.ts';

/** A PgBouncer that is installed on this machine. */
export interface PgBouncer {
  /** Absolute path. */
  executable: string;
  /** For example `1.18.0`. */
  version: string;
  /** Where it was found, for messages. */
  origin: string;
}

const program = 'pgbouncer';

const debian: DebianServer = {
  product: program,
  title: 'PgBouncer',
  packages: [program],
  programs: { [program]: 'usr/sbin/pgbouncer' },
};

/** Returns an installed PgBouncer; undefined if there is none. */
export async function findPgBouncer(): Promise<PgBouncer | undefined> {
  const folders = [...pathFolders(), '/usr/sbin', '/opt/homebrew/bin', '/usr/local/bin'];
  const places = [
    ...folders.map((folder) => ({ folder, origin: `in ${folder}` })),
    { folder: join(toolCache(), debianFolder(debian)), origin: `system package ${program}` },
  ];
  for (const { folder, origin } of places) {
    const executable = resolveExecutable(folder, program);
    // It will run as another user, who needs access to it.
    if (executable === undefined || (runsAsRoot() && !openToOthers(folder))) continue;
    const { stdout } = await capture(executable, ['--version'], { timeout: 10_000 });
    const version = /^PgBouncer (\d+\.\d+\.\d+)/m.exec(stdout)?.[1];
    if (version !== undefined) return { executable, version, origin };
  }
  return undefined;
}

/** Returns an installed PgBouncer, or unpacks the system package into the tool cache. Throws UserError if that fails. */
export async function ensurePgBouncer(progress: Progress): Promise<PgBouncer> {
  const found = await findPgBouncer();
  if (found) return found;
  const reason = await unpackDebian(debian, progress);
  const installed = await findPgBouncer();
  if (installed) return installed;
  throw new UserError(
    [
      'PgBouncer is not installed on this machine and could not be downloaded.',
      ...(reason === undefined ? [] : [reason]),
      `Install it with the system's package manager, for example: apt-get install ${program}`,
      'Or write `pooler: false` in the overlay of this environment.',
    ].join('\n'),
  );
}

interface PoolerOptions {
  executable: string;
  /** Absolute path of the folder for its files. */
  folder: string;
  address: { host: string; port: number };
  server: { host: string; port: number };
  database: string;
  connections: number;
  passwords: Record<string, string>;
}

/** Writes the files of PgBouncer, which only its user can read. Returns how it is started. */
export function preparePooler({ executable, folder, address, passwords, ...options }: PoolerOptions): {
  command: string[];
  cwd: string;
  user: SystemUser | undefined;
} {
  const user = serverUser('PgBouncer', 'postgres');
  makePassableFolder(folder);
  const [config, users] = [join(folder, 'pgbouncer.ini'), join(folder, 'users.txt')];
  const write = (path: string, text: string) => {
    // The file may belong to the user of an earlier start.
    rmSync(path, { force: true });
    writeFileSync(path, text, { mode: 0o600 });
    own(path, user);
  };
  write(config, poolerConfig({ ...options, address: address.host, port: address.port, users }));
  write(users, fillPasswords(poolerUsers, passwords));
  return { command: [executable, config], cwd: folder, user };
}
