import { npmCommand } from '../../common/commands.ts';
import { dataTypes, kindOf, type DataService } from '../../data/index.ts';
import { ensurePgBouncer, findPgBouncer } from '../../data/pooler/local.ts';
import { poolerOf } from '../../data/pooler/pooler.ts';
import type { ServiceGraph } from '../../graph/types.ts';
import type { Check } from '../shared/check.ts';

/** Installs each server that the graph needs, in each of its versions. */
export async function installServers(graph: ServiceGraph, progress: (line: string) => void): Promise<void> {
  for (const config of serversOf(graph)) {
    const { servers } = await kindOf(config).local();
    await servers.ensure(config.version, progress);
  }
  if (hasPooler(graph)) await ensurePgBouncer(progress);
}

/** Checks whether this machine has each server that the graph needs, in each of its versions. */
export function checkServers(graph: ServiceGraph): Promise<Check[]> {
  const { environment } = graph;
  return Promise.all([
    ...serversOf(graph).map((config) => checkServer(config, environment)),
    ...(hasPooler(graph) ? [checkPooler(environment)] : []),
  ]);
}

async function checkServer(config: DataService, environment: string): Promise<Check> {
  const { title, local } = kindOf(config);
  const name = `${title} ${config.version}`;
  const { servers } = await local();
  const server = await servers.find(config.version);
  if (server) return { name, found: `${server.description}, ${server.origin}` };
  return { name, found: 'not on this machine yet', mend: npmCommand('up', environment) };
}

async function checkPooler(environment: string): Promise<Check> {
  const name = 'PgBouncer';
  const pooler = await findPgBouncer();
  if (pooler) return { name, found: `${pooler.version}, ${pooler.origin}` };
  return { name, found: 'not on this machine yet', mend: npmCommand('up', environment) };
}

function hasPooler({ services }: ServiceGraph): boolean {
  return services.some(({ form, config }) => form === 'data' && poolerOf(config) !== undefined);
}

/** Returns one data service for each kind and version. */
function serversOf({ services }: ServiceGraph): DataService[] {
  const all = services.flatMap(({ form, config }) => (form === 'data' ? [config] : []));
  const sorted = dataTypes.flatMap((type) => all.filter(({ kind }) => kind === type));
  return [...new Map(sorted.map((config) => [`${config.kind} ${config.version}`, config])).values()];
}
