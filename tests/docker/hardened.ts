import assert from 'node:assert/strict';
import type { Inspected } from '../../infra/targets/docker/testing/daemon.ts';

/**
 * Throws if a running container violates section 4 or 5 of the CIS Docker Benchmark. The numbers are those of version
 * 1.7.
 */
export function assertHardened(container: Inspected): void {
  const { Name, Config, HostConfig, NetworkSettings } = container;
  const networks = Object.keys(NetworkSettings.Networks);
  const mounts = (HostConfig.Binds ?? []).map((bind) => bind.split(':')[0] ?? '');
  const published = Object.values(HostConfig.PortBindings ?? {}).flat();
  const { Name: restart, MaximumRetryCount: retries } = HostConfig.RestartPolicy;
  const rules: Record<string, boolean> = {
    '4.1 a user that is not root': /^[1-9]\d*:[1-9]\d*$/.test(Config.User),
    '4.6 a health check': Config.Healthcheck !== undefined,
    '5.2 the default seccomp profile, no new privileges': sameItems(HostConfig.SecurityOpt, [
      'no-new-privileges:true',
    ]),
    '5.4 no capabilities': sameItems(HostConfig.CapDrop, ['ALL']) && HostConfig.CapAdd === null,
    '5.5 not privileged': !HostConfig.Privileged,
    '5.6 volumes only, no folder or socket of the machine': mounts.every((source) => !source.startsWith('/')),
    '5.10 no network of the machine': HostConfig.NetworkMode !== 'host',
    '5.11 a limit of memory, swap included':
      HostConfig.Memory > 0 && HostConfig.MemorySwap === HostConfig.Memory,
    '5.12 a limit of CPU': HostConfig.NanoCpus > 0,
    '5.13 a read-only root file system': HostConfig.ReadonlyRootfs,
    '5.14 ports on the loopback address only': published.every(({ HostIp }) => HostIp === '127.0.0.1'),
    '5.15 restarts, with a bound where it is a failure':
      restart === 'always' || restart === 'no' || (restart === 'on-failure' && retries > 0),
    '5.16 no processes of the machine': HostConfig.PidMode === '',
    '5.17 no IPC of the machine': HostConfig.IpcMode === 'private',
    '5.18 no devices': (HostConfig.Devices ?? []).length === 0,
    '5.21 no UTS of the machine': HostConfig.UTSMode === '',
    '5.29 a limit of processes': (HostConfig.PidsLimit ?? 0) > 0,
    '5.30 networks of its own': networks.length > 0 && !networks.includes('bridge'),
    'logs that are rotated': HostConfig.LogConfig.Config['max-size'] !== undefined,
  };
  const broken = Object.keys(rules).filter((rule) => !rules[rule]);
  assert.deepEqual(broken, [], Name);
}

function sameItems(found: string[] | null, expected: string[]): boolean {
  return found?.toSorted().join() === expected.toSorted().join();
}
