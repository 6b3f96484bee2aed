import type { Balancer } from './balancer.ts';

/** Writes one JSON object as a line of the log. */
export function log(msg: string, fields: object = {}): void {
  console.log(
    JSON.stringify({ level: 'info', time: new Date().toISOString(), service: 'balancer', msg, ...fields }),
  );
}

/**
 * Ends the process on a signal, once all requests at all its balancers have ended. Keep-alive connections are closed as
 * soon as they are idle.
 */
export function drainOnSignal(...balancers: Balancer[]): void {
  const drain = async (signal: NodeJS.Signals) => {
    log('draining', { signal });
    const refuse = () => balancers.forEach((balancer) => balancer.refuse());
    refuse();
    setInterval(refuse, 200);
    await Promise.all(balancers.map(({ closed }) => closed));
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void drain(signal));
}
