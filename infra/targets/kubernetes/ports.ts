import type { Service } from '../../stack/schema.ts';
import { listeningPort } from '../containers/environment.ts';

/** Port of the pods of a service; undefined where nothing listens. */
export function portOf(config: Service): number | undefined {
  return 'health' in config ? listeningPort(config) : config.port;
}
