import type { GraphService } from '../types.ts';

/** Describes what a service runs: `postgres 17`, `services/api`. */
export function describeService({ config }: GraphService): string {
  switch (config.kind) {
    case 'postgres':
    case 'redis':
      return `${config.kind} ${config.version}`;
    case 'source':
      return config.source;
    case 'image':
      return config.image;
  }
}

/** Describes how a service runs: `:3001 ×2`, `×1–5`, or its cron schedule. */
export function describeRunning({ config }: GraphService): string {
  if (config.kind === 'postgres' || config.kind === 'redis') {
    return `:${config.port}`;
  }
  if (config.cron !== undefined) {
    return `cron ${config.cron}`;
  }
  const { min, max } = config.replicas;
  const replicas = min === max ? `×${min}` : `×${min}–${max}`;
  return config.port === undefined ? replicas : `:${config.port} ${replicas}`;
}
