import { join, type Text } from '../../plan/hole.ts';
import type { WithHoles } from '../../plan/resource.ts';
import type { ContainerArgs } from '@pulumi/docker/container.js';
import { publishedHost } from '../../common/loopback.ts';
import { logOptions } from './hardening.ts';
import type { ContainerPlan, HealthPlan, StartPlan } from './planned.ts';

/** The arguments of a container that Docker cannot change. The provider records their new values and changes nothing. */
export const notUpdated = ['healthcheck', 'mounts', 'tmpfs'];

/**
 * The arguments of a planned container. It has no name of its own: Pulumi makes one that is new for each version, so
 * that the next one can start while this one still serves.
 *
 * @param image what the reference became once it was built
 * @param networkOf what a planned network became
 * @param folder the folder with the files of the service
 */
export function containerArgs(
  plan: ContainerPlan,
  image: Text,
  networkOf: (name: string) => Text,
  labels: Record<string, string>,
  folder?: Text,
): WithHoles<ContainerArgs> {
  const {
    entrypoint,
    command,
    health,
    limits,
    restart,
    volumes = [],
    published = [],
    networks,
    grace,
  } = plan;
  const mounts = [...(folder === undefined ? [] : fileMounts(plan.files, folder)), ...bindMounts(plan.binds)];
  const { user, readOnly = true, capabilities = [], ulimits, shmSize, stopSignal, ownVolume, gpus } = plan;
  return {
    image,
    ...(entrypoint !== undefined && { entrypoints: entrypoint }),
    ...(command !== undefined && { command }),
    envs: environmentLines(plan.environment),
    ...(user !== undefined && { user }),
    ...(networks.length === 0 && { networkMode: 'none' }),
    networksAdvanced: networks.map(({ name, aliases }) => ({ name: networkOf(name), aliases })),
    ...(published.length > 0 && {
      ports: published.map(({ port, published }) => ({
        internal: port,
        external: published,
        ip: publishedHost,
      })),
    }),
    ...(volumes.length > 0 && {
      volumes: volumes.map(({ name, path, readOnly }) => ({
        volumeName: name,
        containerPath: path,
        ...(readOnly === true && { readOnly }),
      })),
    }),
    ...(ownVolume !== undefined && { volumes: [{ containerPath: ownVolume }] }),
    ...(mounts.length > 0 && { mounts }),
    ...(health !== undefined && healthArgs(health, plan.start)),
    ...(limits.cpus !== undefined && { cpus: decimal(limits.cpus) }),
    ...(limits.memory !== undefined && { memory: limits.memory, memorySwap: limits.memory }),
    ...(gpus !== undefined && {
      deviceRequests: [{ driver: 'nvidia', count: gpus, capabilities: ['gpu'] }],
    }),
    restart: restart.policy,
    ...(restart.maxRetries !== undefined && { maxRetryCount: restart.maxRetries }),
    stopTimeout: grace,
    destroyGraceSeconds: grace,
    ...(stopSignal !== undefined && { stopSignal }),
    readOnly,
    tmpfs: plan.tmpfs,
    ...(shmSize !== undefined && { shmSize }),
    ...(ulimits !== undefined && { ulimits }),
    capabilities: {
      ...(capabilities.length > 0 && { adds: addedCapabilities(capabilities) }),
      drops: ['ALL'],
    },
    securityOpts: ['no-new-privileges:true'],
    logDriver: 'json-file',
    logOpts: logOptions,
    labels: Object.entries(labels).map(([label, value]) => ({ label, value })),
  };
}

/** Returns the mounts of the files, which have the names 0, 1, … in the folder. */
export function fileMounts(files: ContainerPlan['files'] = [], folder: Text) {
  return files.map(({ path }, index) => ({
    type: 'bind',
    source: join(folder, `/${index}`),
    target: path,
    readOnly: true,
  }));
}

/** Returns the mounts of folders of this machine. Docker refuses a folder that does not exist, and creates none. */
function bindMounts(binds: ContainerPlan['binds'] = []) {
  return binds.map(({ source, target, readOnly }) => ({
    ...{ type: 'bind', source, target },
    ...(readOnly && { readOnly }),
  }));
}

/** `Readiness` waits for the container, not the official provider; `render` reads `waitTimeout` for the Compose file. */
function healthArgs({ test, interval, timeout, retries }: HealthPlan, { timeout: waitTimeout }: StartPlan) {
  return {
    healthcheck: { tests: test, interval: `${interval}s`, timeout: `${timeout}s`, retries },
    waitTimeout,
  };
}

/** As the daemon returns them, so that the provider finds no change. */
function addedCapabilities(names: string[]): string[] {
  return names.map((name) => `CAP_${name}`).toSorted();
}

/** A line each, so that those without a secret in them can be read in a preview. */
function environmentLines(environment: ContainerPlan['environment']): Text[] {
  const entries = Object.entries(environment).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return entries.map(([name, value]) => join(`${name}=`, value));
}

/** As the provider reads it back, so that it finds no change: `1.0`, `0.5`. */
function decimal(cpus: number): string {
  return Number.isInteger(cpus) ? cpus.toFixed(1) : String(cpus);
}
