import { hashText, type Text } from '../plan/hole.ts';
import { namedPorts } from '../stack/ports.ts';
import type { CodeService } from '../stack/schema.ts';

/** The port for the health checks of a service without a declared port. */
const healthPort = 8080;

/** Returns the port on which a service or data server listens; undefined for a service without a port and health checks. */
export function listeningPort({
  port,
  health,
}: Partial<Pick<CodeService, 'port' | 'health'>>): number | undefined {
  return port ?? (health?.path === undefined ? undefined : healthPort);
}

/** Returns the variables of every container of a code service. */
export function standingEnvironment({
  readOnly = true,
}: Pick<CodeService, 'readOnly'>): Record<string, string> {
  return {
    NODE_ENV: 'production',
    HOST: '0.0.0.0',
    // The folder of the user cannot be written to. With a writable file system, the container runtime sets the variable.
    ...(readOnly && { HOME: '/tmp' }),
  };
}

/**
 * Returns the environment of a service's containers. Declared variables override all others. RAILWAY_REPLICA_ID is
 * missing: each target adds it per replica.
 */
export function containerEnvironment(
  config: Pick<CodeService, 'port' | 'ports' | 'health' | 'readOnly'>,
  image: Text,
  variables: Record<string, Text>,
): Record<string, Text> {
  const port = listeningPort(config);
  return {
    ...standingEnvironment(config),
    RAILWAY_DEPLOYMENT_ID: deploymentId(image, variables),
    ...(port !== undefined && { PORT: String(port) }),
    ...Object.fromEntries(namedPorts(config).map(({ variable, port }) => [variable, String(port)])),
    ...variables,
  };
}

/** Returns a hash of the image and the variables as 16 hex digits. It is secret if a variable is secret. */
export function deploymentId(image: Text, variables: Record<string, Text>): Text {
  const entries = Object.entries(variables).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return hashText([image, ...entries.flatMap(([name, value]) => [name, value])]);
}
