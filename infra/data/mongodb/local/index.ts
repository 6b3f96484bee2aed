import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { capture } from '../../../../tools/command.ts';
import { pathFolders, resolveExecutable } from '../../../../tools/executables.ts';
import { UserError } from '../../../../tools/user-error.ts';
import { packageRoot } from '../../../common/roots.ts';
import { requireVersion } from '../../local/folder.ts';
import { ensureCredentials } from '../../local/credentials.ts';
import { localServers, type LocalOptions, type ServerProcess } from '../../local/server.ts';
import { fillPasswords } from '../../text.ts';
import { accountsScript } from '../accounts.ts';

/** A MongoDB server that is installed on this machine. */
interface MongodbServer {
  /** For example `8.0.4`. */
  version: string;
  /** Where the server was found, for messages. */
  origin: string;
}

export const servers = localServers(findMongodb, ensureMongodb, describe);

/** Returns an installed server of the major version with its shell; undefined if there is none. */
async function findMongodb(major: string): Promise<MongodbServer | undefined> {
  const folders = pathFolders();
  if (!folders.some((folder) => resolveExecutable(folder, 'mongosh') !== undefined)) return undefined;
  for (const folder of folders) {
    const mongod = resolveExecutable(folder, 'mongod');
    if (mongod === undefined) continue;
    const { stdout } = await capture(mongod, ['--version'], { timeout: 10_000 });
    const version = /db version v(\d+\.\d+\.\d+)/.exec(stdout)?.[1];
    // The script starts the first mongod of the PATH.
    return version?.split('.')[0] === major ? { version, origin: 'on the PATH' } : undefined;
  }
  return undefined;
}

async function ensureMongodb(major: string): Promise<MongodbServer> {
  const found = await findMongodb(major);
  if (found) return found;
  throw new UserError(
    `MongoDB ${major} is not installed on this machine, and no package registry has its server. Put mongod ${major} and mongosh on the PATH, or choose the target docker.`,
  );
}

function describe({ version: description, origin }: MongodbServer, version: string) {
  return {
    description,
    origin,
    prepare: (options: LocalOptions) => Promise.resolve(prepare(version, options)),
  };
}

function prepare(version: string, { folder, host, port, database = '' }: LocalOptions): ServerProcess {
  const credentials = ensureCredentials(folder, ['superuser', 'owner', 'app', 'readonly']);
  const [data, accounts, made] = [join(folder, 'data'), join(folder, 'accounts.js'), join(folder, 'version')];
  if (!existsSync(made)) writeFileSync(made, `${version}\n`);
  requireVersion('MongoDB', data, readFileSync(made, 'utf8').trim(), version);
  mkdirSync(data, { recursive: true, mode: 0o700 });
  rmSync(accounts, { force: true });
  writeFileSync(accounts, fillPasswords(accountsScript(database), credentials), { mode: 0o600 });
  return {
    command: [
      ...[
        '/usr/bin/env',
        `DATADIR=${data}`,
        `ACCOUNTS=${accounts}`,
        `ADDRESS=${host}`,
        `PATH=${process.env.PATH}`,
      ],
      ...[
        '/bin/sh',
        join(packageRoot, 'infra/data/mongodb/start.sh'),
        '--bind_ip',
        host,
        '--port',
        String(port),
      ],
    ],
    cwd: folder,
    stop: { signal: 'SIGTERM', grace: 60 },
    passwords: credentials,
    // The server listens at its address once the accounts are set.
    complete: () => Promise.resolve(),
  };
}
