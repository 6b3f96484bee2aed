import { npmCommand } from '../../common/commands.ts';
import type { DataType } from '../../data/index.ts';
import type { ServiceGraph } from '../../graph/types.ts';
import { ensurePostgres, findPostgres } from '../../servers/postgres.ts';
import { describeRedis, ensureRedis, findRedis } from '../../servers/redis.ts';
import type { Check } from '../shared/preflight.ts';

/** Installs each Postgres and Redis version that the graph needs. */
export async function installServers(graph: ServiceGraph, progress: (line: string) => void): Promise<void> {
  for (const major of majorsOf(graph, 'postgres')) await ensurePostgres(major, progress);
  for (const major of majorsOf(graph, 'redis')) await ensureRedis(major, progress);
}

/** Checks whether this machine has each Postgres and Redis version that the graph needs. */
export function checkServers(graph: ServiceGraph): Promise<Check[]> {
  const { environment } = graph;
  return Promise.all([
    ...majorsOf(graph, 'postgres').map((major) => checkPostgres(major, environment)),
    ...majorsOf(graph, 'redis').map((major) => checkRedis(major, environment)),
  ]);
}

function majorsOf({ services }: ServiceGraph, kind: DataType): string[] {
  const majors = services.flatMap(({ form, config }) =>
    form === 'data' && config.kind === kind ? [config.version] : [],
  );
  return [...new Set(majors)];
}

async function checkPostgres(major: string, environment: string): Promise<Check> {
  const name = `Postgres ${major}`;
  const server = await findPostgres(major);
  if (server) return { name, found: `${server.version}, ${server.origin}` };
  return { name, found: 'not on this machine yet', mend: npmCommand('up', environment) };
}

async function checkRedis(major: string, environment: string): Promise<Check> {
  const name = `Redis ${major}`;
  const server = await findRedis(major);
  if (server) return { name, found: `${describeRedis(server, major)}, ${server.origin}` };
  return { name, found: 'not on this machine yet', mend: npmCommand('up', environment) };
}
