import type { Finding } from '../stack/finding.ts';
import { budgetsOf, type Budget } from './connections.ts';
import type { GraphService } from './types.ts';

/** Default pool size of many libraries. */
const usualPool = 10;

/** Finds servers with too few connections, and services that may open more than their share. */
export function checkConnections(services: GraphService[]): Finding[] {
  const byName = new Map(services.map((service) => [service.name, service]));
  return budgetsOf(services).flatMap((budget) =>
    budget.share === 0
      ? [tooFew(budget)]
      : budget.users.flatMap(({ name }) => unbounded(byName.get(name)!, budget)),
  );
}

function tooFew({ server, isPooled, connections, keptFree, half, users, replicas }: Budget): Finding {
  const path = ['services', server, 'connections'];
  const sum = users.map((user) => `${user.name} ${user.replicas}`).join(', ');
  if (isPooled) {
    const message = `PgBouncer accepts ${connections} connections, too few for ${replicas} replicas (${sum}), of which the old and the new version get ${half} each; lower "replicas"`;
    return { path: ['services', server, 'pooler'], message };
  }
  const enough = keptFree + 2 * replicas;
  const message = `${connections} connections are too few for ${replicas} replicas (${sum}): ${keptFree} are kept for health checks, backups and administrators, and the old and the new version of the services get ${half} each; write "connections: ${enough}" or more, or lower "replicas"`;
  return { path, message, cause: path };
}

/** Returns a warning at the variable with the address of the server. A cron service rarely uses a pool. */
function unbounded(service: GraphService, { server, share }: Budget): Finding[] {
  if (service.form !== 'code') return [];
  const { name, config, variables } = service;
  if (config.cron !== undefined || share >= usualPool) return [];
  const declared = Object.keys(config.variables);
  const uses = (variable: string, provided?: string) =>
    variables[variable]?.some(
      (piece) =>
        typeof piece === 'object' &&
        piece.kind === 'provided' &&
        piece.service === server &&
        (provided === undefined || piece.name === provided),
    );
  const first = declared.find((variable) => uses(variable));
  if (first === undefined || declared.some((variable) => uses(variable, 'POOL_SIZE'))) return [];
  const message = `each replica's share of the connections to ${JSON.stringify(server)} is ${share}, but many libraries open ${usualPool} by default; add POOL_SIZE: \${{${server}.POOL_SIZE}} and use it as the size of the pool`;
  return [{ path: ['services', name, 'variables', first], message, warning: true }];
}
