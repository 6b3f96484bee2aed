import type { DataService } from '../data/index.ts';
import type { CodeService, Service } from '../stack/schema.ts';

type Size = NonNullable<NonNullable<Service['resources']>['memory']>;

/** The limits of a service that declares none: small enough for any machine, and they keep a service from exhausting it. */
const standard = { cpu: 1, memory: { bytes: 2 ** 29, text: '512Mi' } };

/** Returns the limits of a container: CPU cores and memory. The defaults are at least as large as the requests. */
export function limitsOf({ resources }: Pick<Service, 'resources'>): { cpu: number; memory: Size } {
  const { cpu, memory, requests } = resources ?? {};
  return {
    cpu: cpu ?? Math.max(standard.cpu, requests?.cpu ?? 0),
    memory: memory ?? larger(standard.memory, requests?.memory),
  };
}

/** Returns the config with its memory limit. A data server must know the limit, or it would exceed it and be killed. */
export function withMemoryLimit<Config extends DataService>(config: Config): Config {
  return { ...config, resources: { ...config.resources, memory: limitsOf(config).memory } };
}

/** Returns the config of a run that needs no GPU: `preDeploy` would wait for the one that the replicas have. */
export function withoutGpu({ resources = {}, ...config }: CodeService): CodeService {
  return { ...config, resources: { ...resources, gpu: undefined } };
}

function larger(one: Size, other: Size | undefined): Size {
  return other !== undefined && other.bytes > one.bytes ? other : one;
}
