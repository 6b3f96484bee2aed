import type { Running } from '../../../stack/running.ts';

/** The settings of the balancer, passed as environment variables. */
export interface BalancerEnvironment {
  /** The port of the balancer and of each replica. */
  port: number;
  /** The DNS name of all replicas. */
  replicas: string;
  /**
   * The paths of the readiness check (`ready`) and the liveness check (`path`) of a replica. Without them the balancer
   * balances connections, and a replica is ready if it accepts one.
   */
  health: Running['health'] | undefined;
}

export function balancerEnvironment({ port, replicas, health }: BalancerEnvironment): Record<string, string> {
  return {
    PORT: String(port),
    REPLICAS: replicas,
    ...(health !== undefined && { LIVE_PATH: health.path, READY_PATH: health.ready }),
  };
}

export function readBalancerEnvironment({
  PORT,
  REPLICAS,
  LIVE_PATH,
  READY_PATH,
}: NodeJS.ProcessEnv): BalancerEnvironment {
  if (PORT === undefined || REPLICAS === undefined) throw new Error('PORT and REPLICAS must be set');
  const health =
    LIVE_PATH === undefined || READY_PATH === undefined ? undefined : { path: LIVE_PATH, ready: READY_PATH };
  return { port: Number(PORT), replicas: REPLICAS, health };
}
