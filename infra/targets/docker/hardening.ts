import { imageUser } from '../../artifacts/image.ts';
import type { Service } from '../../stack/schema.ts';
import { limitsOf } from '../../containers/limits.ts';
import type { ContainerPlan } from './planned.ts';

/** The maximum number of processes and threads of a container. */
const pids = 512;
const mebibyte = 2 ** 20;

/** The user and group of images that Railhead builds. */
export const ownUser = `${imageUser}:${imageUser}`;

/** The only writable folder of a program; the rest of its file system is read-only. */
export const scratch = { '/tmp': 'rw,noexec,nosuid,nodev,size=64m,mode=1777' };

/** Returns the mount options of a folder in memory that only `user` can access. */
export function privateFolder(user: string): string {
  const [uid, gid] = user.split(':');
  return `rw,noexec,nosuid,nodev,size=1m,mode=0700,uid=${uid},gid=${gid}`;
}

export function containerLimits(config: Pick<Service, 'resources'>): ContainerPlan['limits'] {
  const { cpu, memory } = limitsOf(config);
  return { cpus: cpu, memory: Math.ceil(memory.bytes / mebibyte), pids };
}

export const balancerLimits: ContainerPlan['limits'] = { cpus: 1, memory: 256, pids };

/** workerd uses more than 256 MiB at several hundred requests per second, and a thread for each DNS query of an origin. */
export const gatewayLimits: ContainerPlan['limits'] = { cpus: 1, memory: 1024, pids };

/** Log rotation, so that the logs of a container never fill the disk. */
export const logOptions = { 'max-size': '10m', 'max-file': '3' };
