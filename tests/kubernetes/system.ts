import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../../infra/environment.ts';
import { createSystem, type TestSystem } from '../../infra/targets/testing/system.ts';
import { capture } from '../../tools/command.ts';
import { getObjects, kubectl, loadImages } from './cluster.ts';

/** Seconds for anything in the cluster to come to rest on a busy machine. */
export const patience = 300;

/** Rota as `kubernetes` runs it, from a copy of the clone in a namespace that only this run has. */
export interface ClusterRota {
  system: TestSystem;
  environment: string;
  namespace: string;
  /** `--namespace=…` */
  inNamespace: string;
  /** Writes the stack file: what an environment of production says, small enough for two cores. */
  configure(services?: Record<string, object>): void;
  /** Builds the images of the stack file and loads them into the nodes. Gives their names. */
  loadImages(): Promise<string[]>;
  /** Renders the environment with values for all secrets. Gives the folder. */
  render(): Promise<string>;
  /** The gateway's. */
  url(): Promise<string>;
  close(): Promise<void>;
}

export async function createRota(): Promise<ClusterRota> {
  // One of its own for each run; the names of images do not have it, so that the next run finds them.
  const environment = `test-${randomBytes(3).toString('hex')}`;
  const namespace = `rota-${environment}`;
  const inNamespace = `--namespace=${namespace}`;
  const system = await createSystem('kubernetes', { environment });
  for (const folder of ['services', 'stacks']) {
    cpSync(join(repositoryRoot, folder), join(system.root, folder), { recursive: true });
  }
  const secrets: Record<string, string> = {};
  const railhead = (...args: string[]) =>
    capture('node', ['infra/cli/railhead.ts', ...args, '--stack', environment], { cwd: system.root });

  const rota: ClusterRota = {
    system,
    environment,
    namespace,
    inNamespace,
    configure: (services = {}) => system.write('stacks/test.yaml', stackFile(services)),
    async loadImages() {
      const { code, stdout, problem } = await railhead('images');
      if (code !== 0) throw new Error(`railhead images: ${problem}`);
      const references = stdout.trim().split('\n');
      await loadImages(references);
      return references;
    },
    async render() {
      for (;;) {
        system.write('secrets.yaml', secrets);
        const { code, problem } = await railhead('render', '--secrets', 'secrets.yaml', '--out', 'out');
        if (code === 0) return join(system.root, 'out');
        const missing = [...problem.matchAll(/: (\S+) is missing$/gm)].map(([, name = '']) => name);
        if (missing.length === 0) throw new Error(`railhead render: ${problem}`);
        for (const name of missing) secrets[name] = makeSecret(name);
      }
    },
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
    async close() {
      await kubectl('delete', 'namespace', namespace, '--ignore-not-found', '--wait=false');
      await system.close();
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
  // One machine sends the load of many clients. Without a domain the gateway answers to its private address.
  return { extends: 'rota.staging.yaml', services, gateway: { rateLimit: null, domain: null } };
}

function makeSecret(name: string): string {
  if (!name.endsWith('.privateKey')) return randomBytes(16).toString('hex');
  const { privateKey } = generateKeyPairSync('ed25519');
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}
