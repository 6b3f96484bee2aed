import {
  containersOf,
  docker,
  lacksDaemon,
  namesOf,
  removeLeftovers,
} from '../../infra/targets/docker/testing/daemon.ts';
import { lacksPlugin } from '../../tools/testing/plugins.ts';
import type { ReleaseTarget } from '../releases/target.ts';

export const dockerReleases: ReleaseTarget = {
  name: 'docker',
  lack: lacksPlugin('docker') ?? lacksDaemon(),
  plugins: ['docker'],
  artifacts: ['api', 'balancer'],
  admit: (host) => Promise.resolve(() => Promise.resolve(forget(pulledFrom(host)))),
  images: ({ stack, environment }) =>
    Promise.resolve(containersOf({ stack, environment }).map(({ Config }) => Config.Image)),
  url: ({ stack, environment, port }) => {
    const [balancer] = containersOf({ stack, environment, service: 'api', role: 'balancer' });
    const [network] = Object.values(balancer?.NetworkSettings.Networks ?? {});
    return Promise.resolve(`http://${network?.IPAddress}:${port}/`);
  },
  forget: (images) => forget(images.map((image) => docker('inspect', '--format', '{{.Id}}', image).trim())),
  left: ({ stack, environment }) =>
    Promise.resolve(
      (['container', 'network', 'volume'] as const).flatMap((kind) => namesOf(kind, { stack, environment })),
    ),
  close: ({ stack, environment }) => Promise.resolve(removeLeftovers({ stack, environment })),
};

/** Lists the images of a registry that the daemon has. */
function pulledFrom(host: string): string[] {
  const lines = docker('images', '--format', '{{.Repository}} {{.ID}}').split('\n');
  return lines.filter((line) => line.startsWith(host)).map((line) => line.split(' ')[1]!);
}

/** Removes images with all their names. */
function forget(ids: readonly string[]): void {
  if (ids.length > 0) docker('rmi', '--force', ...new Set(ids));
}
