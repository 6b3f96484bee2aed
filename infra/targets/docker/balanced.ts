import type { Service } from '../../stack/schema.ts';

/** Whoever can be reached and may have several replicas, or another version beside the old one, has a balancer before it. */
export function hasBalancer(config: Service): boolean {
  return (config.kind === 'source' || config.kind === 'image') && config.port !== undefined;
}
