import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { capture, type Progress } from '../../../../tools/command.ts';
import { pathFolders, resolveExecutable } from '../../../../tools/executables.ts';
import { openToOthers, runsAsRoot, toolCache } from '../../../../tools/tool-cache.ts';
import { UserError } from '../../../../tools/user-error.ts';
import { closedCache } from '../../local/closed-cache.ts';
import { findServer } from '../../local/find.ts';
import { debianFolder, unpackDebian, type DebianServer } from '../../local/debian.ts';

/** A MariaDB server that is installed on this machine. */
export interface MariadbServer {
  /** Absolute path of `mariadbd`. */
  executable: string;
  /** Absolute path of the folder with the messages, character sets and system tables. */
  share: string;
  /** For example `10.11.19`. */
  version: string;
  /** Where the server was found, for messages. */
  origin: string;
}

const debian: DebianServer = {
  product: 'mariadb',
  title: 'MariaDB',
  packages: ['mariadb-server-core', 'mariadb-client-core'],
  programs: { mariadbd: 'usr/sbin/mariadbd', mariadb: 'usr/bin/mariadb' },
};

/** Returns an installed server of a version such as `10.11`; undefined if there is none. */
export function findMariadb(version: string): Promise<MariadbServer | undefined> {
  return findServer(candidates(), inspect, version);
}

/** Returns a server of the version; installs it if there is none. Throws UserError if that fails. */
export async function ensureMariadb(version: string, progress: Progress): Promise<MariadbServer> {
  const found = await findMariadb(version);
  if (found) return found;
  const closed = closedCache('MariaDB');
  if (closed !== undefined) throw new UserError(closed);
  const problem = await unpackDebian(debian, progress);
  const installed = await findMariadb(version);
  if (installed) return installed;
  throw new UserError(
    [
      `MariaDB ${version} is not installed on this machine and could not be downloaded.`,
      problem ?? `  The system package ${debian.packages[0]} has another version.`,
      `Install the server of MariaDB ${version} with the system's package manager, or choose the target docker, which runs any version.`,
    ].join('\n'),
  );
}

interface Candidate {
  folder: string;
  /** Folder of the installation, which has `share`. */
  prefix: string;
  origin: string;
}

function candidates(): Candidate[] {
  const cached = join(toolCache(), debianFolder(debian));
  const folders = [
    ...pathFolders(),
    '/usr/sbin',
    '/opt/homebrew/opt/mariadb/bin',
    '/usr/local/opt/mariadb/bin',
  ];
  return [
    ...folders.map((folder) => ({ folder, prefix: dirname(folder), origin: `in ${folder}` })),
    { folder: cached, prefix: join(cached, 'root/usr'), origin: `system package ${debian.packages[0]}` },
  ];
}

async function inspect({ folder, prefix, origin }: Candidate): Promise<MariadbServer | undefined> {
  if (resolveExecutable(folder, 'mariadbd') === undefined) return undefined;
  // The server will run as another user, who needs access to its files.
  if (runsAsRoot() && !openToOthers(folder)) return undefined;
  const share = ['mariadb', 'mysql']
    .map((name) => join(prefix, 'share', name))
    .find((path) => existsSync(path));
  if (share === undefined) return undefined;
  const executable = join(folder, 'mariadbd');
  const { stdout } = await capture(executable, ['--no-defaults', '--version'], { timeout: 10_000 });
  const version = /Ver (\d+\.\d+\.\d+)-MariaDB/.exec(stdout)?.[1];
  return version === undefined ? undefined : { executable, share, version, origin };
}
