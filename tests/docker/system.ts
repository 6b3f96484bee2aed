import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../infra/common/roots.ts';
import { docker } from '../../infra/targets/docker/testing/daemon.ts';
import { type TestSystem } from '../../infra/targets/testing/system.ts';
import { freePort } from '../servers.ts';
import { deployedSystem } from './deployed.ts';

/** Differs from the name of the real stack, which may run on the same daemon. */
const { labels, open, close } = deployedSystem('rota-test');

export { labels };

export interface DockerRota {
  system: TestSystem;
  /** URL of the gateway. */
  url: string;
  close(): Promise<void>;
}

/**
 * Prepares Rota for the target docker, in a copy of the clone. Without a rate limit: all clients of a published port of
 * 127.0.0.1 have the address of Docker's proxy.
 */
export async function createRota(): Promise<DockerRota> {
  const port = await freePort();
  const system = await open();
  copyFolders(system.root, ['services', 'stacks']);
  system.write('stacks/test.yaml', rotaStack(labels.stack, port));
  return {
    system,
    url: `http://127.0.0.1:${port}`,
    close: () => close(system),
  };
}

export function copyFolders(root: string, folders: string[]): void {
  for (const folder of folders) {
    cpSync(join(packageRoot, folder), join(root, folder), { recursive: true });
  }
}

export function rotaStack(name: string, port: number) {
  return {
    extends: 'rota.docker.yaml',
    name,
    services: { postgres: { version: postgresVersion() } },
    gateway: { port, rateLimit: null },
  };
}

/**
 * Returns the newest suitable major version whose image is present, since no registry may be reachable. Default: 17.
 */
function postgresVersion(): string {
  const present = docker('images', '--format', '{{.Tag}}', 'postgres').split('\n');
  return ['17', '18', '16', '15'].find((version) => present.includes(version)) ?? '17';
}
