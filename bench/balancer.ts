import type { Row } from './compare.ts';
import { compareHop } from './hop.ts';
import { startProgram, type Program } from './program.ts';

/** Compares requests through the balancer with requests to the replica itself. */
export async function bench(): Promise<Row[]> {
  const origin = await startProgram('bench/reference/origin.ts', {}, '/');
  let balancer: Program | undefined;
  try {
    balancer = await startProgram('bench/reference/balancer.ts', { ORIGIN: origin.url }, '/');
    return await compareHop('balancer', origin.url, balancer.url);
  } finally {
    await balancer?.stop();
    await origin.stop();
  }
}
