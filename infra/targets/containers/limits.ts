import type { DataService, Service } from '../../stack/schema.ts';

type Size = NonNullable<NonNullable<Service['resources']>['memory']>;

/** Of a service that says nothing: it can be placed anywhere, and cannot take a machine down. */
const standard = { cpu: 1, memory: { bytes: 2 ** 29, text: '512Mi' } };

/** CPU cores and memory that a container never gets more of; no less than what is set aside for it. */
export function limitsOf({ resources }: Pick<Service, 'resources'>): { cpu: number; memory: Size } {
  const { cpu, memory, requests } = resources ?? {};
  return {
    cpu: cpu ?? Math.max(standard.cpu, requests?.cpu ?? 0),
    memory: memory ?? larger(standard.memory, requests?.memory),
  };
}

/** A data server must know its memory limit, or it were killed for it. */
export function withMemoryLimit<Config extends DataService>(config: Config): Config {
  return { ...config, resources: { ...config.resources, memory: limitsOf(config).memory } };
}

function larger(one: Size, other: Size | undefined): Size {
  return other !== undefined && other.bytes > one.bytes ? other : one;
}
