import { connectionsOf, kindOf } from '../data/index.ts';
import { poolerClients, poolerOf } from '../data/pooler/pooler.ts';
import type { GraphService } from './types.ts';

/** How the connections of a data server are divided among its users. */
export interface Budget {
  server: string;
  /** Whether services connect to a pooler, which has its own limit. */
  isPooled: boolean;
  /** `max_connections`, or the limit of the pooler. */
  connections: number;
  /** Connections that no service gets. */
  keptFree: number;
  /** Connections for all replicas of one version. */
  half: number;
  users: { name: string; replicas: number }[];
  /** Maximum number of replicas of all users together. */
  replicas: number;
  /** Connections for one replica: POOL_SIZE. */
  share: number;
}

/**
 * Returns a budget for each data server that services use and whose number of connections is known. During a rollout, all
 * replicas of the old and of the new version may run at the same time, on every target, so each version gets half
 * (infra/decisions/0015-each-version-gets-half-of-the-connections.md). With a pooler, the connections are those that the pooler
 * accepts.
 */
export function budgetsOf(services: GraphService[]): Budget[] {
  const usersOf = new Map<string, Budget['users']>();
  for (const user of services) {
    if (user.form !== 'code') continue;
    const { name, config, dependsOn } = user;
    for (const server of dependsOn) {
      usersOf.set(server, [...(usersOf.get(server) ?? []), { name, replicas: config.replicas.max }]);
    }
  }
  return services.flatMap((server): Budget[] => {
    if (server.form === 'code') return [];
    const isPooled = poolerOf(server.config) !== undefined;
    const connections = isPooled ? poolerClients : connectionsOf(server.config);
    const users = usersOf.get(server.name) ?? [];
    if (connections === undefined || users.length === 0) return [];
    const { keptFree = 0 } = (isPooled ? undefined : kindOf(server.config).connections) ?? {};
    const half = Math.floor((connections - keptFree) / 2);
    const replicas = users.reduce((sum, user) => sum + user.replicas, 0);
    const share = Math.floor(half / replicas);
    return [{ server: server.name, isPooled, connections, keptFree, half, users, replicas, share }];
  });
}
