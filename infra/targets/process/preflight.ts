import { createServer } from 'node:net';
import type { ServiceGraph } from '../../graph/types.ts';
import { publishedHost } from '../../common/loopback.ts';
import { includes } from '../../supervisor/handover.ts';
import { environmentPaths } from '../../supervisor/paths.ts';
import { canListen } from '../../supervisor/ports.ts';
import { listWorkloads } from '../../supervisor/workloads.ts';
import { checkDisk } from '../shared/preflight.ts';
import type { Check } from '../shared/check.ts';
import { checkPublished } from '../shared/published.ts';
import type { PreflightContext } from '../shared/target.ts';
import { loopbackAddress } from './address.ts';

/** Checks the address of the environment, its published ports, and the disk space for artifacts, data and logs. */
export async function preflightProcess(graph: ServiceGraph, { root }: PreflightContext): Promise<Check[]> {
  const { environment } = graph;
  return [
    await checkAddress(root, environment),
    await checkDisk(root),
    ...(await checkPublished(graph, (port) => isFreeOrOwn(root, environment, port))),
  ];
}

/** Workloads of an environment take addresses over from each other. */
async function isFreeOrOwn(root: string, environment: string, port: number): Promise<boolean> {
  const { services } = environmentPaths(root, environment);
  const address = { host: publishedHost, port };
  const isOwn = listWorkloads(services).some(({ status }) => includes(status?.holds ?? [], address));
  return isOwn || canListen(address.host, address.port);
}

async function checkAddress(root: string, environment: string): Promise<Check> {
  const address = loopbackAddress(root, environment);
  const problem = await new Promise<string | undefined>((resolve) => {
    const server = createServer();
    server.on('error', (error) => resolve(error.message));
    server.listen(0, address, () => server.close(() => resolve(undefined)));
  });
  const name = 'Loopback address';
  if (problem === undefined) return { name, found: address };
  return { name, found: problem, mend: `ip address add ${address}/8 dev lo` };
}
