import type { Release } from '../../artifacts/types.ts';
import type { ServiceGraph } from '../../graph/types.ts';
import type { Deployment, TargetContext } from '../target.ts';

export function deployCluster(_graph: ServiceGraph, _release: Release, _context: TargetContext): Deployment {
  throw new Error('not built yet');
}
