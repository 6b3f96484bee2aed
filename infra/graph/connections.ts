import type { Service } from '../stack/schema.ts';
import type { GraphService } from './types.ts';

/**
 * Connections that no service gets: three for administrators (`superuser_reserved_connections`), one for a backup and two for
 * health checks.
 */
export const keptFree = 6;

/** Default of `max_connections` in Postgres. */
const standardConnections = 100;

/** How the connections of a Postgres are divided among its users. */
export interface Budget {
  server: string;
  /** `max_connections`. */
  connections: number;
  /** Connections for all replicas of one version. */
  half: number;
  users: { name: string; replicas: number }[];
  /** Maximum number of replicas of all users together. */
  replicas: number;
  /** Connections for one replica: POOL_SIZE. */
  share: number;
}

/**
 * Returns a budget for each Postgres that services use and whose number of connections is known. During a rollout, all
 * replicas of the old and of the new version may run at the same time, on every target, so each version gets half
 * (infra/decisions/0015-each-version-gets-half-of-the-connections.md).
 */
export function budgetsOf(services: GraphService[]): Budget[] {
  return services.flatMap(({ name: server, config }): Budget[] => {
    const connections = connectionsOf(config);
    const users = services.flatMap(({ name, config, dependsOn }) =>
      'replicas' in config && dependsOn.includes(server) ? [{ name, replicas: config.replicas.max }] : [],
    );
    if (connections === undefined || users.length === 0) return [];
    const half = Math.floor((connections - keptFree) / 2);
    const replicas = users.reduce((sum, user) => sum + user.replicas, 0);
    return [{ server, connections, half, users, replicas, share: Math.floor(half / replicas) }];
  });
}

/**
 * Returns how many connections a Postgres accepts; undefined for other services, and for an external server that does not
 * say.
 */
export function connectionsOf(config: Service): number | undefined {
  if (config.kind !== 'postgres') return undefined;
  return config.connections ?? (config.external ? undefined : standardConnections);
}
