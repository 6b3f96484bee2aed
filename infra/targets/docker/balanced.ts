import type { GraphService } from '../../graph/types.ts';

/** Returns true if a service needs a balancer: it has a port, and several of its containers can run at once. */
export function hasBalancer({ form, config }: GraphService): boolean {
  return form === 'code' && config.port !== undefined;
}
