import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import { UserError } from '../../../../tools/user-error.ts';
import { createExtension } from '../extensions.ts';
import { databasePrivileges, loginRoles, schemaPrivileges } from '../privileges.ts';
import type { Credentials } from '../../local/credentials.ts';
import type { Role } from './cluster.ts';

interface RoleOptions {
  address: { host: string; port: number };
  credentials: Credentials<Role>;
  database: string;
  extensions: readonly string[];
  signal: AbortSignal;
}

/** Milliseconds to wait for a server that recovers from a crash. */
const patience = 60_000;

/**
 * Creates the database and its three roles: `owner` owns the schema and runs the migrations, `app` reads and writes
 * rows, `readonly` reads them. Can be run again at any time.
 */
export async function ensureRoles({
  address,
  credentials,
  database,
  extensions,
  signal,
}: RoleOptions): Promise<void> {
  const connectTo = (name: string) => connect(address, credentials.superuser, name, signal);
  await use(await connectTo('postgres'), async (client) => {
    // The server would log a failing statement together with its password.
    await client.query(`SET log_min_error_statement = panic`);
    for (const role of loginRoles) {
      const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [role]);
      const verb = rowCount === 0 ? 'CREATE' : 'ALTER';
      await client.query(`${verb} ROLE ${role} LOGIN PASSWORD ${client.escapeLiteral(credentials[role])}`);
    }
    await ensureDatabase(client, database);
    await client.query(databasePrivileges(database));
  });
  await use(await connectTo(database), async (client) => {
    for (const extension of extensions) await ensureExtension(client, extension);
    await client.query(schemaPrivileges);
  });
}

/** Creates an extension if the database does not have it. Throws UserError if the server does not have it. */
async function ensureExtension(client: Client, extension: string): Promise<void> {
  const { rowCount } = await client.query('SELECT FROM pg_available_extensions WHERE name = $1', [extension]);
  if (rowCount === 0) {
    throw new UserError(
      `The Postgres server of this machine has no extension ${extension}. Install it for this server, or choose the target docker with an \`image\` that has it.`,
    );
  }
  await client.query(createExtension(extension));
}

/**
 * Creates the database, or renames the one that the cluster has: it was made under a former name of the stack. Throws a
 * UserError if there are several.
 */
async function ensureDatabase(client: Client, database: string): Promise<void> {
  const { rows } = await client.query<{ datname: string }>(
    `SELECT datname FROM pg_database WHERE datdba = 'owner'::regrole ORDER BY datname`,
  );
  const found = rows.map(({ datname }) => datname);
  if (found.includes(database)) return;
  const [former, ...others] = found;
  const name = client.escapeIdentifier(database);
  if (former === undefined) {
    await client.query(`CREATE DATABASE ${name} OWNER owner`);
  } else if (others.length === 0) {
    const old = client.escapeIdentifier(former);
    // Services reconnect at once, and a database with connections cannot be renamed.
    await client.query(`ALTER DATABASE ${old} ALLOW_CONNECTIONS false`);
    await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [former]);
    await client.query(
      `ALTER DATABASE ${old} RENAME TO ${name}; ALTER DATABASE ${name} ALLOW_CONNECTIONS true`,
    );
  } else {
    const names = found.map((one) => JSON.stringify(one)).join(', ');
    throw new UserError(
      `There is no database ${JSON.stringify(database)}, and there are several that it could have been: ${names}. Set \`railhead:identity\` to the one to keep.`,
    );
  }
}

async function connect(
  address: RoleOptions['address'],
  password: string,
  database: string,
  signal: AbortSignal,
): Promise<Client> {
  // Loaded here because previews, and updates without Postgres, do not need it.
  const { default: pg } = await import('pg');
  const deadline = Date.now() + patience;
  for (;;) {
    const client = new pg.Client({
      ...address,
      user: 'postgres',
      password,
      database,
      connectionTimeoutMillis: 5_000,
      query_timeout: 30_000,
    });
    try {
      await client.connect();
      return client;
    } catch (error) {
      await client.end();
      if (!isStarting(error) || Date.now() > deadline) throw error;
      await sleep(100, undefined, { signal });
    }
  }
}

/** Returns true if the server still starts. During its recovery it accepts connections and rejects them with 57P03. */
function isStarting(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['57P03', 'ECONNREFUSED'].includes(String(error.code));
}

async function use(client: Client, work: (client: Client) => Promise<void>): Promise<void> {
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
