import { cronOptions } from '../../stack/cron.ts';
import { namedPorts } from '../../stack/ports.ts';
import { runsOnce } from '../../stack/schema.ts';
import type { GraphService } from '../types.ts';

/** Describes what a service runs: `postgres 17`, `services/api`. */
export function describeService({ form, config }: GraphService): string {
  if (form !== 'code') return `${config.kind} ${config.version}`;
  return 'source' in config ? config.source : config.image;
}

/** Describes how a service runs: `:3001 ×2`, `×1–5`, or its cron schedule. */
export function describeRunning({ form, config }: GraphService): string {
  if (form !== 'code') {
    return `:${config.port}`;
  }
  if (config.cron !== undefined) {
    const { schedule, timezone } = cronOptions(config.cron);
    return `cron ${schedule}${timezone === undefined ? '' : ` ${timezone}`}`;
  }
  if (runsOnce(config)) return 'once';
  const { min, max } = config.replicas;
  const replicas = min === max ? `×${min}` : `×${min}–${max}`;
  if (config.port === undefined) return replicas;
  const ports = [config.port, ...namedPorts(config).map(({ port }) => port)];
  return `:${ports.join(',')} ${replicas}`;
}
