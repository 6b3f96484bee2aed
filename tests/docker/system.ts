import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../../infra/environment.ts';
import { docker, removeLeftovers } from '../../infra/targets/docker/testing/daemon.ts';
import { createSystem, environment, type TestSystem } from '../../infra/targets/testing/system.ts';
import { linkPlugin } from '../plugins.ts';
import { freePort } from '../servers.ts';

/** Another name than that of the real one, which may run on the same daemon. */
export const labels = { stack: 'rota-test', environment };

export interface DockerRota {
  system: TestSystem;
  /** The gateway's. */
  url: string;
  close(): Promise<void>;
}

/** Rota as `docker` runs it, in a copy of the clone; the load of one client is not limited. */
export async function createRota(): Promise<DockerRota> {
  removeLeftovers(labels);
  const port = await freePort();
  const system = await createSystem('docker');
  linkPlugin(system.root, 'docker');
  for (const folder of ['services', 'stacks']) {
    cpSync(join(repositoryRoot, folder), join(system.root, folder), { recursive: true });
  }
  system.write('stacks/test.yaml', {
    extends: 'rota.docker.yaml',
    name: labels.stack,
    services: { postgres: { version: postgresVersion() } },
    gateway: { port, rateLimit: null },
  });
  return {
    system,
    url: `http://127.0.0.1:${port}`,
    async close() {
      await system.close();
      removeLeftovers(labels);
    },
  };
}

/** Where no registry can be reached, whichever major is there does as well. */
function postgresVersion(): string {
  const present = docker('images', '--format', '{{.Tag}}', 'postgres').split('\n');
  return ['17', '18', '16', '15'].find((version) => present.includes(version)) ?? '17';
}
