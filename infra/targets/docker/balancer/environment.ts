/** What the balancer is told by its environment. */
export interface BalancerEnvironment {
  /** Where it listens, and where each replica does. */
  port: number;
  /** The name under which all replicas are found. */
  replicas: string;
  /**
   * `ready` answers 200 where a replica may be asked, `path` where it lives. Without them connections are balanced, and one
   * that is taken is enough.
   */
  health: { path: string; ready: string } | undefined;
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
