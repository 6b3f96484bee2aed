import { createHash } from 'node:crypto';
import { formatRange, parseRange } from './ranges.ts';

/** The number of addresses of a network that no container can have: network, gateway and broadcast. */
const reserved = 3;
/** The pools are 10.64.0.0/16 to 10.223.0.0/16, outside of the defaults of Docker and Kubernetes. */
const firstPool = 64;
const pools = 160;
const smallest = 4;

/** Returns the default pool of an environment: 65,536 addresses for all its networks. */
export function standardPool(environment: string, after = 0): string {
  return `10.${firstPool + ((hashOf(environment) + after) % pools)}.0.0/16`;
}

/**
 * Allocates a subnet for each network, large enough for `members` containers. Equal names have equal subnets on every
 * machine. Adding or removing a network changes the subnet of another one only if their hashes collide.
 *
 * @param pool the IPv4 range of all subnets
 */
export function allocateSubnets(
  environment: string,
  networks: { name: string; members: number }[],
  pool = standardPool(environment),
): Map<string, string> {
  const range = parseRange(pool);
  if (range === undefined) throw new Error(`${pool} is not an IPv4 range`);
  const poolBits = Math.log2(range.last - range.first + 1);
  const taken: { start: number; size: number }[] = [];
  const subnets = new Map<string, string>();
  const wanted = networks.map(({ name, members }) => ({ name, bits: bitsFor(members + reserved) }));
  // Large networks are placed first, since small ones fit into the remaining gaps.
  for (const { name, bits } of wanted.toSorted(
    (one, other) => other.bits - one.bits || order(one.name, other.name),
  )) {
    const size = 2 ** bits;
    const slots = 2 ** Math.max(0, poolBits - bits);
    const first = hashOf(`${environment} ${name}`) % slots;
    const isFree = (start: number) =>
      start + size <= 2 ** poolBits &&
      taken.every((other) => start + size <= other.start || other.start + other.size <= start);
    const start = Array.from({ length: slots }, (_, index) => ((first + index) % slots) * size).find(isFree);
    if (start === undefined) throw new Error(`the networks of ${environment} do not fit into ${pool}`);
    taken.push({ start, size });
    subnets.set(name, formatRange({ first: range.first + start, last: range.first + start + size - 1 }));
  }
  return subnets;
}

function bitsFor(addresses: number): number {
  return Math.max(smallest, Math.ceil(Math.log2(addresses)));
}

function hashOf(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE();
}

function order(one: string, other: string): number {
  return one < other ? -1 : 1;
}
