import { createHash } from 'node:crypto';
import { formatRange, parseRange } from './ranges.ts';

/** Addresses of a network that no container can have: network, gateway, broadcast. */
const reserved = 3;
/** 10.64.0.0/16 to 10.223.0.0/16, where neither Docker nor Kubernetes begins by itself. */
const firstPool = 64;
const pools = 160;
const smallest = 4;

/** The 65536 addresses that the networks of an environment lie in where its settings name no others. */
export function standardPool(environment: string, after = 0): string {
  return `10.${firstPool + ((hashOf(environment) + after) % pools)}.0.0/16`;
}

/**
 * A subnet for each network, big enough for `members` containers. The same names give the same subnets on every
 * machine, and a network that comes or goes moves another one only where their hashes meet.
 *
 * @param pool IPv4 range that all of them lie in
 */
export function allocateSubnets(
  environment: string,
  networks: { name: string; members: number }[],
  pool = standardPool(environment),
): Map<string, string> {
  const range = parseRange(pool);
  if (range === undefined) throw new Error(`${pool} is no IPv4 range`);
  const poolBits = Math.log2(range.last - range.first + 1);
  const taken: { start: number; size: number }[] = [];
  const subnets = new Map<string, string>();
  const wanted = networks.map(({ name, members }) => ({ name, bits: bitsFor(members + reserved) }));
  // Large ones first: small ones still find a gap, whatever lies around it.
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
    if (start === undefined) throw new Error(`no room for the networks of ${environment} in ${pool}`);
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
