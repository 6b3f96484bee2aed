import type { ServiceGraph } from '../../graph/types.ts';
import type { Finding } from '../../stack/finding.ts';

export function unsupportedByKubernetes(_graph: ServiceGraph): Finding[] {
  return [];
}
