import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { lastLine, patience } from '../shared/preflight.ts';
import { capture } from '../../../tools/command.ts';
import { formatRange, parseRange, type Range } from './ranges.ts';

/** A range of addresses that is in use outside the environment, and its user. */
export interface Occupied {
  range: Range;
  by: string;
}

const networks = z.array(
  z.object({
    Name: z.string(),
    Labels: z.record(z.string(), z.string()).nullish(),
    IPAM: z.object({ Config: z.array(z.object({ Subnet: z.string().optional() })).nullish() }),
  }),
);

/**
 * Returns the addresses of this machine's routes and of the daemon's networks, except networks that have all labels of
 * `own`. Throws the error of the docker command.
 */
export async function occupiedRanges(own: Record<string, string>): Promise<Occupied[]> {
  const ids = (await docker('network', 'ls', '--quiet', '--filter', 'driver=bridge'))
    .split('\n')
    .filter(Boolean);
  const all = networks.parse(
    JSON.parse(ids.length === 0 ? '[]' : await docker('network', 'inspect', ...ids)),
  );
  const isOwn = (labels: Record<string, string>) =>
    Object.entries(own).every(([name, value]) => labels[name] === value);
  const rangesOf = ({ IPAM }: (typeof all)[number]) =>
    (IPAM.Config ?? []).flatMap(({ Subnet = '' }) => parseRange(Subnet) ?? []);
  const others = all
    .filter(({ Labels }) => !isOwn(Labels ?? {}))
    .flatMap((network) => rangesOf(network).map((range) => ({ range, by: `the network ${network.Name}` })));
  // Each network of the daemon is also a route.
  const known = new Set(all.flatMap(rangesOf).map(formatRange));
  const routes = (await routesOfMachine()).filter(({ range }) => !known.has(formatRange(range)));
  return [...others, ...routes];
}

/** Returns the routes of this machine; none if the daemon runs in a virtual machine (not on Linux). */
async function routesOfMachine(): Promise<Occupied[]> {
  if (process.platform !== 'linux') return [];
  return parseRoutes(await readFile('/proc/net/route', 'utf8'));
}

/** Reads the text of `/proc/net/route`: addresses are hex digits with the last byte first. Ignores the default route. */
export function parseRoutes(table: string): Occupied[] {
  return table
    .split('\n')
    .slice(1)
    .flatMap((line): Occupied[] => {
      const [device, destination, , , , , , mask] = line.split(/\s+/);
      if (destination === undefined || mask === undefined || /^0+$/.test(mask)) return [];
      const first = fromHex(destination);
      return [
        { range: { first, last: first + (2 ** 32 - 1 - fromHex(mask)) }, by: `the route of ${device}` },
      ];
    });
}

function fromHex(text: string): number {
  return Buffer.from(text, 'hex').readUInt32LE();
}

async function docker(...args: string[]): Promise<string> {
  const { code, stdout, problem } = await capture('docker', args, { timeout: patience });
  if (code !== 0) throw new Error(lastLine(problem));
  return stdout;
}
