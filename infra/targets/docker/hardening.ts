import { imageUser } from '../../artifacts/dockerfile.ts';
import { ofImage } from '../../stack/container.ts';
import type { CodeService, Service } from '../../stack/schema.ts';
import { limitsOf } from '../../containers/limits.ts';
import type { ContainerPlan } from './planned.ts';

/** The maximum number of processes and threads of a container. */
const pids = 512;
const mebibyte = 2 ** 20;

/** The user and group of images that Railhead builds. */
export const ownUser = `${imageUser}:${imageUser}`;

const scratchOptions = (mebibytes: number) => `rw,noexec,nosuid,nodev,size=${mebibytes}m,mode=1777`;

/** The only writable folder of a program by default; the rest of its file system is read-only. */
export const scratch = { '/tmp': scratchOptions(64) };

/** Returns what the stack file says of the user, the file system and the processes of a container. */
export function hardeningOf(config: CodeService) {
  const { user = ownUser, readOnly, tmpfs = [], capabilities, ulimits, shmSize, stopSignal } = config;
  const folders = tmpfs.map(({ path, size }) => [path, scratchOptions(inMebibytes(size.bytes))]);
  return {
    ...(user !== ofImage && { user }),
    ...(readOnly !== undefined && { readOnly }),
    tmpfs: { ...scratch, ...Object.fromEntries(folders) } as Record<string, string>,
    ...(capabilities !== undefined && { capabilities: capabilities.add }),
    ...(ulimits !== undefined && {
      ulimits: Object.entries(ulimits).map(([name, { soft, hard }]) => ({ name, soft, hard })),
    }),
    ...(shmSize !== undefined && { shmSize: inMebibytes(shmSize.bytes) }),
    ...(stopSignal !== undefined && { stopSignal }),
  } satisfies Partial<ContainerPlan>;
}

/** Returns the mount options of a folder in memory that only `user` can access. */
export function privateFolder(user: string): string {
  const [uid, gid] = user.split(':');
  return `rw,noexec,nosuid,nodev,size=1m,mode=0700,uid=${uid},gid=${gid}`;
}

export function containerLimits(config: Pick<Service, 'resources'>): ContainerPlan['limits'] {
  const { cpu, memory } = limitsOf(config);
  return { cpus: cpu, memory: inMebibytes(memory.bytes), pids };
}

function inMebibytes(bytes: number): number {
  return Math.ceil(bytes / mebibyte);
}

export const balancerLimits: ContainerPlan['limits'] = { cpus: 1, memory: 256, pids };

/** PgBouncer runs on one CPU, and needs a few KiB for each connection. */
export const poolerLimits: ContainerPlan['limits'] = { cpus: 1, memory: 128, pids };

/** workerd uses more than 256 MiB at several hundred requests per second, and a thread for each DNS query of an origin. */
export const gatewayLimits: ContainerPlan['limits'] = { cpus: 1, memory: 1024, pids };

/** Log rotation, so that the logs of a container never fill the disk. */
export const logOptions = { 'max-size': '10m', 'max-file': '3' };
