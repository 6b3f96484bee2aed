import { createServer } from 'node:net';
import type { ServiceGraph } from '../../graph/types.ts';
import { checkDisk } from '../shared/preflight.ts';
import type { Check } from '../shared/check.ts';
import type { PreflightContext } from '../shared/target.ts';
import { loopbackAddress } from './address.ts';

/** Checks the address of the environment, and the disk space for artifacts, data and logs. */
export function preflightProcess(
  { environment }: ServiceGraph,
  { root }: PreflightContext,
): Promise<Check[]> {
  return Promise.all([checkAddress(root, environment), checkDisk(root)]);
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
