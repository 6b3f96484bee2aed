/** What the balancer is told by its environment. */
export interface BalancerEnvironment {
  /** Where it listens, and where each replica does. */
  port: number;
  /** The name under which all replicas are found. */
  replicas: string;
  /** Answers 200 where a replica may be asked; without it connections are balanced, and one that is taken is enough. */
  readyPath: string | undefined;
}

export function balancerEnvironment({
  port,
  replicas,
  readyPath,
}: BalancerEnvironment): Record<string, string> {
  return {
    PORT: String(port),
    REPLICAS: replicas,
    ...(readyPath !== undefined && { READY_PATH: readyPath }),
  };
}

export function readBalancerEnvironment({
  PORT,
  REPLICAS,
  READY_PATH,
}: NodeJS.ProcessEnv): BalancerEnvironment {
  if (PORT === undefined || REPLICAS === undefined) throw new Error('PORT and REPLICAS must be set');
  return { port: Number(PORT), replicas: REPLICAS, readyPath: READY_PATH };
}
