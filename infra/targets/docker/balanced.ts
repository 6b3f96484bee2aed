import type { Service } from '../../stack/schema.ts';

/** Returns true if a service needs a balancer: it has a port, and several of its containers can run at once. */
export function hasBalancer(config: Service): boolean {
  return (config.kind === 'source' || config.kind === 'image') && config.port !== undefined;
}
