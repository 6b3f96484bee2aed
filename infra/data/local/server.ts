import type { Progress } from '../../../tools/command.ts';
import type { Settings } from '../settings.ts';
import type { SystemUser } from './user.ts';

/** Where the servers of one kind come from, which run as processes of this machine. */
export interface LocalServers {
  /** Returns an installed server of a version; undefined if there is none. */
  find(version: string): Promise<LocalServer | undefined>;
  /** Returns a server of a version; installs it if there is none. Throws UserError if that fails. */
  ensure(version: string, progress: Progress): Promise<LocalServer>;
}

/** A server program that is installed on this machine. */
export interface LocalServer {
  /** For example `17.10`, or `Valkey 9.1.2 in place of Redis 7`. */
  description: string;
  /** Where the server was found, for messages. */
  origin: string;
  /** Creates the data and the passwords where there are none. Returns how the server is started. Throws UserError. */
  prepare(options: LocalOptions): Promise<ServerProcess>;
}

export interface LocalOptions {
  /** Folder of the data and the passwords. It may not exist yet. */
  folder: string;
  host: string;
  port: number;
  /** Present if the kind has a database. */
  database?: string | undefined;
  /** Present if the stack file says how many connections the server accepts. */
  connections?: number | undefined;
  /** Extensions of the database. */
  extensions?: string[] | undefined;
  /** Options of the server by name. */
  settings?: Settings | undefined;
  /** The buckets of a server for objects. */
  buckets?: string[] | undefined;
  progress: Progress;
}

export interface ServerProcess {
  command: string[];
  cwd: string;
  /** Runs the server in place of the current user. */
  user?: SystemUser | undefined;
  /** What `status` shows as the artifact. */
  artifact?: string;
  /** The signal that stops the server, and the seconds until SIGKILL. */
  stop: { signal: 'SIGINT' | 'SIGTERM'; grace: number };
  /** Passwords by login. */
  passwords: Record<string, string>;
  /** Waits until the running server accepts its passwords. Throws UserError. */
  complete(step: { progress: Progress; signal: AbortSignal }): Promise<void>;
}

/** Returns the servers of a kind. `find` and `ensure` are as in LocalServers, for a server of the kind's own type. */
export function localServers<Server>(
  find: (version: string) => Promise<Server | undefined>,
  ensure: (version: string, progress: Progress) => Promise<Server>,
  describe: (server: Server, version: string) => LocalServer,
): LocalServers {
  return {
    async find(version) {
      const server = await find(version);
      return server && describe(server, version);
    },
    ensure: async (version, progress) => describe(await ensure(version, progress), version),
  };
}
