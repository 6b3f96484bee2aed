import type { Row } from './compare.ts';
import { compareHop } from './hop.ts';
import { startProgram } from './program.ts';
import { findHaproxy, startHaproxy } from './reference/haproxy.ts';

/** Compares requests through the balancer with requests to the replica itself, and with requests through HAProxy. */
export async function bench(): Promise<Row[]> {
  const started: { stop: () => Promise<void> }[] = [];
  const keep = <T extends { stop: () => Promise<void> }>(program: T) => {
    started.unshift(program);
    return program;
  };
  try {
    const origin = keep(await startProgram('bench/reference/origin.ts', {}, '/'));
    const ours = keep(await startProgram('bench/reference/balancer.ts', { ORIGIN: origin.url }, '/'));
    const rows = await compareHop('balancer', origin.url, ours.url);
    const file = findHaproxy();
    if (file === undefined) {
      console.error('balancer against HAProxy: skipped, there is no haproxy on the PATH');
      return rows;
    }
    const haproxy = keep(await startHaproxy(file, origin.url));
    return [...rows, ...(await compareHop('balancer against HAProxy', haproxy.url, ours.url))];
  } finally {
    for (const program of started) await program.stop();
  }
}
