import type { DataConfig } from '../kind.ts';
import type { SecretText } from '../text.ts';

/** The image of PgBouncer, unless `images.pgbouncer` names another one. The project itself publishes none. */
export const poolerImage = 'edoburu/pgbouncer:v1.24.1-p1';

/** The usual port of PgBouncer. */
export const poolerPort = 6432;

/** How many connections of services PgBouncer accepts. */
export const poolerClients = 1000;

/** Seconds from SIGTERM to SIGKILL. */
export const poolerGrace = 30;

/** Returns the name of the workload, the container and the host of a server's pooler. Names of services have no dot. */
export const poolerName = (service: string) => `${service}.pooler`;

interface ConfigOptions {
  /** The address at which PgBouncer listens; `*` for all. */
  address: string;
  port: number;
  server: { host: string; port: number };
  database: string;
  /** `max_connections` of the server. */
  connections: number;
  /** Absolute path of the file with the users. */
  users: string;
}

/** Returns the configuration of PgBouncer: a connection to the server belongs to a service for one transaction. */
export function poolerConfig({ address, port, server, database, connections, users }: ConfigOptions): string {
  const { app, readonly } = poolSizes(connections);
  return `[databases]
${database} = host=${server.host} port=${server.port}

[users]
app = max_user_connections=${app}
readonly = max_user_connections=${readonly}

[pgbouncer]
listen_addr = ${address}
listen_port = ${port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${users}
pool_mode = transaction
max_client_conn = ${poolerClients}
default_pool_size = ${app + readonly}
ignore_startup_parameters = extra_float_digits
log_connections = 0
log_disconnections = 0
`;
}

/** The users of PgBouncer with their passwords. Owners connect to the server itself. */
export const poolerUsers: SecretText = [
  ...['"app" "', { passwordOf: 'app' }, '"\n'],
  ...['"readonly" "', { passwordOf: 'readonly' }, '"\n'],
];

/**
 * Returns how many connections to the server PgBouncer opens for each account: together, three quarters of those that services
 * may open. The rest is for `preDeploy` and for services that connect to the server itself.
 */
export function poolSizes(connections: number): { app: number; readonly: number } {
  const pooled = Math.max(2, Math.floor(((connections - keptFree) * 3) / 4));
  const readonly = Math.max(1, Math.floor(pooled / 4));
  return { app: pooled - readonly, readonly };
}

/** Three are `superuser_reserved_connections`, one is for a backup and two are for health checks. */
export const keptFree = 6;

/** Returns the port of the pooler of a service; undefined if it has none. */
export function poolerOf({ pooler }: DataConfig): number | undefined {
  return pooler;
}
