import type { GraphService } from '../../../graph/types.ts';
import { namedPorts } from '../../../stack/ports.ts';
import type { CodeService } from '../../../stack/schema.ts';
import type { Running } from '../../../stack/running.ts';
import { canaryArgs } from '../../shared/canary-args.ts';

/** A service whose new versions are tried out before they replace the old one. */
export interface TriedOut {
  canary: Running['canary'];
  /** The port of its program. */
  service: number;
  /** The port of the meter, which gets the requests of the service. */
  meter: number;
  /** The port at which the meter tells its figures. */
  figures: number;
}

/** Possible ports of the meter. At least two are free, since a service has at most nine ports. */
const ports = Array.from({ length: 11 }, (_, index) => 9901 + index);

/** Returns how new versions of a service are tried out; undefined if they are not. */
export function triedOut(config: Pick<CodeService, 'rollout' | 'port' | 'ports'>): TriedOut | undefined {
  const { canary } = canaryArgs(config);
  const { port } = config;
  if (canary === undefined || port === undefined) return undefined;
  const taken = [port, ...namedPorts(config).map((named) => named.port)];
  const [meter = 0, figures = 0] = ports.filter((free) => !taken.includes(free));
  return { canary, service: port, meter, figures };
}

/** As `triedOut`, for a service of any form. Only code services have versions that are tried out. */
export function triedOutOf({ form, config }: GraphService): TriedOut | undefined {
  return form === 'code' ? triedOut(config) : undefined;
}
