import type { ImportedService } from '../facts.ts';
import type { Environment } from './interpolate.ts';

/** A service of a Compose file that is being read. */
export interface ComposeService {
  service: ImportedService;
  environment: Environment;
}
