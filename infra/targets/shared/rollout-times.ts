import type { CodeService } from '../../stack/schema.ts';

/** Seconds until a service without health checks must be ready. */
const defaultTimeout = 300;

/** Seconds that a service without health checks must run. A longer run is the only sign that its start has succeeded. */
export const defaultMinReady = 5;

/** Returns the seconds that a new replica may take until it is ready. */
export function readyTimeout({ health }: Pick<CodeService, 'health'>): number {
  return health?.timeout ?? defaultTimeout;
}

/** Returns the seconds that a new replica must then stay ready, without a restart, before it takes over. */
export function minReady({ health, minReady }: Pick<CodeService, 'health' | 'minReady'>): number {
  return minReady ?? (health === undefined ? defaultMinReady : 0);
}
