import type { CodeService } from '../stack/schema.ts';

/** Of a service without health checks. */
const defaultTimeout = 300;

/** Seconds that a new replica may take to get ready. */
export function readyTimeout({ health }: Pick<CodeService, 'health'>): number {
  return health?.timeout ?? defaultTimeout;
}
