import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../infra/common/roots.ts';
import { getObjects } from './cluster.ts';
import { createClusterSystem, type ClusterSystem } from './system.ts';

/** Rota on the target kubernetes. */
export interface ClusterRota extends ClusterSystem {
  /** Writes the stack file: like production, but small enough for two cores. */
  configure(services?: Record<string, object>): void;
  /** Returns the URL of the gateway. */
  url(): Promise<string>;
}

export async function createRota(): Promise<ClusterRota> {
  const cluster = await createClusterSystem('rota');
  const { system, inNamespace } = cluster;
  for (const folder of ['services', 'stacks']) {
    cpSync(join(packageRoot, folder), join(system.root, folder), { recursive: true });
  }
  const rota: ClusterRota = {
    ...cluster,
    configure: (services = {}) => system.write('stacks/test.yaml', stackFile(services)),
    async url() {
      const name = '--field-selector=metadata.name=gateway';
      const [gateway] = await getObjects<{ spec: { clusterIP: string; ports: { port: number }[] } }>(
        'services',
        inNamespace,
        name,
      );
      if (gateway === undefined) throw new Error('there is no gateway');
      return `http://${gateway.spec.clusterIP}:${gateway.spec.ports[0]?.port}`;
    },
  };
  rota.configure();
  return rota;
}

function stackFile(changes: Record<string, object>) {
  const small = (cpu: number, memory: string) => ({ requests: { cpu, memory } });
  const services: Record<string, object> = {
    postgres: {
      version: '15',
      storage: '1Gi',
      resources: { cpu: 1, memory: '512Mi', ...small(0.1, '256Mi') },
    },
    redis: { storage: '1Gi', resources: { cpu: 0.5, memory: '256Mi', ...small(0.05, '128Mi') } },
    api: { replicas: { min: 2, max: 4, cpu: 70 }, resources: small(0.05, '192Mi') },
    worker: { replicas: 1, resources: small(0.05, '128Mi') },
    web: { replicas: 2, resources: small(0.1, '128Mi') },
  };
  for (const [service, change] of Object.entries(changes)) {
    services[service] = { ...services[service], ...change };
  }
  // One machine sends the load of many clients. Without a domain the gateway accepts its private address as host.
  return { extends: 'rota.staging.yaml', services, gateway: { rateLimit: null, domain: null } };
}
