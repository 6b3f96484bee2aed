import { relative } from 'node:path';
import type { RunOnceInputs } from '../kinds/inputs.ts';
import { renderedFolder } from './rendered-folder.ts';

/** A mounted file, whose source begins with the placeholder of its folder, or a folder of this machine. */
interface ComposeMount {
  source: string;
  target: string;
  readOnly?: boolean;
}

/** The resolved inputs of a `docker.Container` of the target. */
export interface ContainerValues {
  image: string;
  entrypoints?: string[];
  command?: string[];
  envs: string[];
  user?: string;
  networkMode?: string;
  networksAdvanced: { name: string; aliases: string[] }[];
  ports?: { internal: number; external: number; ip: string }[];
  /** Without a name: orders of `up` are kept there, which Compose does not give. */
  volumes?: { volumeName?: string; containerPath: string; readOnly?: boolean }[];
  mounts?: ComposeMount[];
  healthcheck?: { tests: string[]; interval: string; timeout: string; retries: number };
  /** Maximum time to become healthy, in seconds. */
  waitTimeout?: number;
  cpus?: string;
  /** Mebibytes, as `memorySwap`. */
  memory?: number;
  restart: string;
  maxRetryCount?: number;
  stopTimeout: number;
  stopSignal?: string;
  readOnly: boolean;
  tmpfs: Record<string, string>;
  /** Mebibytes. */
  shmSize?: number;
  deviceRequests?: { driver: string; count: number; capabilities: string[] }[];
  ulimits?: { name: string; soft: number; hard: number }[];
  capabilities: { adds?: string[]; drops: string[] };
  securityOpts: string[];
  logDriver: string;
  logOpts: Record<string, string>;
  labels: { label: string; value: string }[];
}

/**
 * Converts a long-running container to a service of a Compose file.
 *
 * @param folder absolute path of the folder of the Compose file
 */
export function composeContainer(values: ContainerValues, pids: number | undefined, folder: string) {
  const { entrypoints, command, networkMode, ports, volumes, healthcheck, cpus, memory, waitTimeout } =
    values;
  const named = (volumes ?? []).filter(({ volumeName }) => volumeName !== undefined);
  return {
    image: values.image,
    ...(entrypoints !== undefined && { entrypoint: entrypoints }),
    ...(command !== undefined && { command }),
    environment: Object.fromEntries(values.envs.map(splitLine)),
    ...(values.user !== undefined && { user: values.user }),
    ...(networkMode === undefined
      ? {
          networks: Object.fromEntries(
            values.networksAdvanced.map(({ name, aliases }) => [name, { aliases }]),
          ),
        }
      : { network_mode: networkMode }),
    ...(ports !== undefined && {
      ports: ports.map(({ ip, external, internal }) => `${ip}:${external}:${internal}`),
    }),
    ...mountedFrom([
      ...named.map(({ volumeName, containerPath, readOnly }) =>
        [volumeName, containerPath, ...(readOnly ? ['ro'] : [])].join(':'),
      ),
      ...composeMounts(values.mounts, folder),
    ]),
    ...(healthcheck !== undefined && {
      healthcheck: {
        test: healthcheck.tests,
        interval: healthcheck.interval,
        timeout: healthcheck.timeout,
        retries: healthcheck.retries,
        // Compose ignores failed checks during this period.
        ...(waitTimeout !== undefined && { start_period: `${waitTimeout}s` }),
      },
    }),
    ...limits(cpus, memory),
    ...devices(values.deviceRequests?.[0]?.count),
    ...(pids !== undefined && { pids_limit: pids }),
    restart:
      values.maxRetryCount === undefined ? values.restart : `${values.restart}:${values.maxRetryCount}`,
    ...(values.stopSignal !== undefined && { stop_signal: values.stopSignal }),
    stop_grace_period: `${values.stopTimeout}s`,
    read_only: values.readOnly,
    tmpfs: mounts(values.tmpfs),
    ...processes(values),
    ...(values.capabilities.adds !== undefined && { cap_add: values.capabilities.adds }),
    cap_drop: values.capabilities.drops,
    security_opt: values.securityOpts,
    logging: { driver: values.logDriver, options: values.logOpts },
    labels: Object.fromEntries(values.labels.map(({ label, value }) => [label, value])),
  };
}

/**
 * Converts a container that runs once to a Compose service, with the same options as `createOptions` of the provider.
 */
export function composeRun(values: RunOnceInputs, folder: string) {
  const { entrypoint, command, networks, cpus, memory } = values;
  return {
    image: values.image,
    ...(entrypoint.length > 0 && { entrypoint }),
    ...(command.length > 0 && { command }),
    environment: values.variables,
    ...(values.user !== undefined && { user: values.user }),
    ...(networks.length > 0 ? { networks } : { network_mode: 'none' }),
    ...limits(cpus === undefined ? undefined : String(cpus), memory),
    ...devices(values.gpus),
    pids_limit: values.pids,
    restart: 'no',
    read_only: values.readOnly ?? true,
    tmpfs: mounts(values.tmpfs),
    ...mountedFrom(composeMounts([...(values.files ?? []), ...(values.binds ?? [])], folder)),
    ...processes(values),
    ...(values.capabilities !== undefined && { cap_add: values.capabilities }),
    cap_drop: ['ALL'],
    security_opt: ['no-new-privileges:true'],
    labels: values.labels,
  };
}

function limits(cpus: string | undefined, memory: number | undefined) {
  return {
    ...(cpus !== undefined && { cpus }),
    ...(memory !== undefined && { mem_limit: `${memory}m`, memswap_limit: `${memory}m` }),
  };
}

function devices(gpus: number | undefined) {
  if (gpus === undefined) return {};
  const device = { driver: 'nvidia', count: gpus, capabilities: ['gpu'] };
  return { deploy: { resources: { reservations: { devices: [device] } } } };
}

function processes({ shmSize, ulimits }: Pick<RunOnceInputs, 'shmSize' | 'ulimits'>) {
  return {
    ...(shmSize !== undefined && { shm_size: `${shmSize}m` }),
    ...(ulimits !== undefined && {
      ulimits: Object.fromEntries(ulimits.map(({ name, soft, hard }) => [name, { soft, hard }])),
    }),
  };
}

function mountedFrom(volumes: unknown[]) {
  return volumes.length > 0 && { volumes };
}

/** Returns the mounts of files and folders. Compose takes a relative path from the folder of the Compose file. */
function composeMounts(mounts: ComposeMount[] = [], folder: string) {
  return mounts.map(({ source, target, readOnly = false }) => {
    const rendered = source.replace(/^<(.+)\.folder>/, (_, service: string) => renderedFolder(service));
    if (rendered !== source) return `${rendered}:${target}:ro`;
    const path = relative(folder, source);
    // Unlike the short form, this one creates no missing folder, which would belong to root.
    return {
      ...{ type: 'bind', source: path.startsWith('../') ? path : `./${path}`, target, read_only: readOnly },
      bind: { create_host_path: false },
    };
  });
}

function mounts(tmpfs: Record<string, string>): string[] {
  return Object.entries(tmpfs)
    .map(([folder, options]) => `${folder}:${options}`)
    .toSorted();
}

function splitLine(line: string): [string, string] {
  const end = line.indexOf('=');
  return [line.slice(0, end), line.slice(end + 1)];
}
