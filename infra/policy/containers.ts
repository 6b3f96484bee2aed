import * as z from 'zod';
import { unknownValue } from '../provider/wire.ts';
import type { RecordedResource } from '../targets/shared/recorded.ts';
import { resourceName } from '../changes/resource-name.ts';
import { isUnknown } from './unknown.ts';

/** A container of a planned resource, in the terms that Docker and Kubernetes share. */
export interface PlannedContainer {
  /** The service, `gateway`, or undefined for a resource of the whole environment. */
  component: string | undefined;
  /** The resource, for messages: `Deployment api`. */
  object: string;
  image: unknown;
  cpu: unknown;
  memory: unknown;
  /** Ways in which other machines reach the container directly. */
  exposed: string[];
}

type Description = Omit<PlannedContainer, 'component' | 'object'>;

/** Returns every container that resources start, on Docker and Kubernetes. Processes have none. */
export function containersOf(resources: readonly RecordedResource[]): PlannedContainer[] {
  return resources.flatMap((resource) => {
    const { component, type } = resource;
    const described = dockerTypes.has(type) ? [docker(resource)] : podTypes.test(type) ? pods(resource) : [];
    return described.map((each) => ({ component, object: resourceName(resource), ...each }));
  });
}

/** Returns a setting for messages. Numbers may be texts: an unknown one always is. */
export function textOf(value: unknown): string {
  return typeof value === 'string' && isUnknown(value) ? 'unknown' : JSON.stringify(value);
}

const dockerTypes = new Set(['docker:index/container:Container', 'railhead:docker:RunOnce']);
const podTypes = /^kubernetes:[^:]+:(Pod|Deployment|StatefulSet|DaemonSet|ReplicaSet|Rollout|Job|CronJob)$/;

/** The description of a container that only a deployment knows. */
const unknown: Description = {
  image: unknownValue,
  cpu: unknownValue,
  memory: unknownValue,
  exposed: ['unknown settings'],
};

const anything = z.unknown().optional();

const dockerSchema = z.looseObject({
  image: anything,
  cpus: anything,
  memory: anything,
  networkMode: anything,
  ports: z.array(z.looseObject({ ip: anything, external: anything })).optional(),
});

function docker({ values }: RecordedResource): Description {
  const parsed = dockerSchema.safeParse(values);
  if (!parsed.success) return unknown;
  const { image, cpus: cpu, memory, networkMode, ports = [] } = parsed.data;
  const published = ports
    .filter(({ ip }) => !isLoopback(ip))
    .map(({ external }) => `port ${textOf(external)}`);
  const exposed = [...published, ...(networkMode === 'host' ? ['the network of the host'] : [])];
  return { image, cpu, memory, exposed };
}

const container = z.looseObject({
  image: anything,
  resources: z.looseObject({ limits: z.record(z.string(), z.unknown()).optional() }).optional(),
  ports: z.array(z.looseObject({ hostPort: anything })).optional(),
});
const pod = z.looseObject({
  hostNetwork: anything,
  containers: z.array(container),
  initContainers: z.array(container).optional(),
});

function pods(resource: RecordedResource): Description[] {
  const parsed = pod.safeParse(podOf(resource));
  if (!parsed.success) return [unknown];
  const { hostNetwork, containers, initContainers = [] } = parsed.data;
  return [...initContainers, ...containers].map(({ image, resources, ports = [] }) => ({
    image,
    cpu: resources?.limits?.cpu,
    memory: resources?.limits?.memory,
    exposed: [
      ...ports.flatMap(({ hostPort }) => (hostPort === undefined ? [] : [`port ${textOf(hostPort)}`])),
      ...(hostNetwork === undefined || hostNetwork === false ? [] : ['the network of the host']),
    ],
  }));
}

/** Returns the specification of the pods of a workload. */
function podOf({ type, values }: RecordedResource): unknown {
  const { spec } = values as { spec?: Record<string, { spec?: Record<string, { spec?: unknown }> }> };
  if (type.endsWith(':Pod')) return spec;
  return type.endsWith(':CronJob') ? spec?.jobTemplate?.spec?.template?.spec : spec?.template?.spec;
}

function isLoopback(ip: unknown): boolean {
  return typeof ip === 'string' && /^(127\.|::1$)/.test(ip);
}
