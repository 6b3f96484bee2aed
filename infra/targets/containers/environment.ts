import { createHash } from 'node:crypto';
import type { Input } from '@pulumi/pulumi';
import { join } from '../../graph/values.ts';
import type { CodeService } from '../../stack/schema.ts';

/** Where a service without a port of its own answers to health checks. */
const healthPort = 8080;

/** Where a service or a data server listens; undefined for one that nobody asks anything. */
export function listeningPort({
  port,
  health,
}: Partial<Pick<CodeService, 'port' | 'health'>>): number | undefined {
  return port ?? (health === undefined ? undefined : healthPort);
}

/** What every container of code has. */
export const standingEnvironment = {
  NODE_ENV: 'production',
  HOST: '0.0.0.0',
  // The one folder that is writable when the root file system is not.
  HOME: '/tmp',
};

/**
 * Environment of a service in a container. Whatever the service declares wins. The replica's own id is for whoever
 * starts the replica.
 */
export function containerEnvironment(
  config: Pick<CodeService, 'port' | 'health'>,
  image: Input<string>,
  variables: Record<string, Input<string>>,
): Record<string, Input<string>> {
  const port = listeningPort(config);
  return {
    ...standingEnvironment,
    RAILWAY_DEPLOYMENT_ID: deploymentId(image, variables),
    ...(port !== undefined && { PORT: String(port) }),
    ...variables,
  };
}

/** The same for the same image with the same variables; 16 hex digits, secret where a variable is. */
export function deploymentId(image: Input<string>, variables: Record<string, Input<string>>): Input<string> {
  const entries = Object.entries(variables).toSorted(([one], [other]) => (one < other ? -1 : 1));
  const parts = [image, ...entries.flatMap(([name, value]) => [name, value])];
  return join(parts, (texts) =>
    createHash('sha256').update(JSON.stringify(texts)).digest('hex').slice(0, 16),
  );
}
