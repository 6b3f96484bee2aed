import type { ServiceGraph } from '../../graph/types.ts';
import type { Finding } from '../../stack/finding.ts';
import { unsupportedFields } from '../shared/unsupported-fields.ts';
import { processFields } from './fields.ts';

/** Returns an error for each setting of the stack file that the process target does not support. */
export function unsupportedByProcess(graph: ServiceGraph): Finding[] {
  return unsupportedFields(processFields, graph);
}
