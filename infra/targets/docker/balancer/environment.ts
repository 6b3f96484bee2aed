import type { NamedPort } from '../../../stack/ports.ts';
import type { Running } from '../../../stack/running.ts';

type FurtherPort = Pick<NamedPort, 'port' | 'protocol'>;

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
  /** Further ports of the balancer and of each replica. */
  ports: FurtherPort[];
}

export function balancerEnvironment({
  port,
  replicas,
  health,
  ports,
}: BalancerEnvironment): Record<string, string> {
  return {
    PORT: String(port),
    REPLICAS: replicas,
    ...(health !== undefined && { LIVE_PATH: health.path, READY_PATH: health.ready }),
    ...(ports.length > 0 && { PORTS: ports.map(({ port, protocol }) => `${protocol}:${port}`).join() }),
  };
}

export function readBalancerEnvironment({
  PORT,
  REPLICAS,
  LIVE_PATH,
  READY_PATH,
  PORTS = '',
}: NodeJS.ProcessEnv): BalancerEnvironment {
  if (PORT === undefined || REPLICAS === undefined) throw new Error('PORT and REPLICAS must be set');
  const health =
    LIVE_PATH === undefined || READY_PATH === undefined ? undefined : { path: LIVE_PATH, ready: READY_PATH };
  const ports = PORTS.split(',').flatMap((text): FurtherPort[] => {
    const [protocol, port] = text.split(':');
    return port === undefined ? [] : [{ protocol: protocol === 'http' ? 'http' : 'tcp', port: Number(port) }];
  });
  return { port: Number(PORT), replicas: REPLICAS, health, ports };
}
