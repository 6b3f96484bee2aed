import { createHash } from 'node:crypto';

/** Addresses of a network that no container can have: network, gateway, broadcast. */
const reserved = 3;
/** 65536 addresses of an environment: 10.64.0.0/16 to 10.223.0.0/16, where neither Docker nor Kubernetes begins by itself. */
const poolBits = 16;
const firstPool = 64;
const pools = 160;
const smallest = 4;

/**
 * A subnet for each network, big enough for `members` containers. The same names give the same subnets on every
 * machine, and a network that comes or goes moves another one only where their hashes meet.
 */
export function allocateSubnets(
  environment: string,
  networks: { name: string; members: number }[],
): Map<string, string> {
  const pool = firstPool + (hashOf(environment) % pools);
  const taken: { start: number; size: number }[] = [];
  const subnets = new Map<string, string>();
  const wanted = networks.map(({ name, members }) => ({ name, bits: bitsFor(members + reserved) }));
  // Large ones first: small ones still find a gap, whatever lies around it.
  for (const { name, bits } of wanted.toSorted(
    (one, other) => other.bits - one.bits || order(one.name, other.name),
  )) {
    const size = 2 ** bits;
    const slots = 2 ** (poolBits - bits);
    const first = hashOf(`${environment} ${name}`) % slots;
    const isFree = (start: number) =>
      taken.every((other) => start + size <= other.start || other.start + other.size <= start);
    const start = Array.from({ length: slots }, (_, index) => ((first + index) % slots) * size).find(isFree);
    if (start === undefined)
      throw new Error(`no room for the networks of ${environment} in 10.${pool}.0.0/16`);
    taken.push({ start, size });
    subnets.set(name, `10.${pool}.${start >> 8}.${start & 255}/${32 - bits}`);
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
