import type { CodeService } from '../stack/schema.ts';

/** Of a service without health checks. */
const defaultTimeout = 300;

/** Of a service without health checks: that it goes on running is all that it shows. */
const defaultMinReady = 5;

/** Seconds that a new replica may take to get ready. */
export function readyTimeout({ health }: Pick<CodeService, 'health'>): number {
  return health?.timeout ?? defaultTimeout;
}

/** Seconds that a new replica must then stay ready, without an end, before it takes over. */
export function minReady({ health, minReady }: Pick<CodeService, 'health' | 'minReady'>): number {
  return minReady ?? (health === undefined ? defaultMinReady : 0);
}
