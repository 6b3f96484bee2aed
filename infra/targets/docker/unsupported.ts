import type { ServiceGraph } from '../../graph/types.ts';
import type { Finding } from '../../stack/finding.ts';

export function unsupportedByDocker(_graph: ServiceGraph): Finding[] {
  return [];
}
