import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createSystem, type TestSystem } from '../../infra/targets/testing/system.ts';
import { capture } from '../../tools/command.ts';
import { kubectl, loadImages } from './cluster.ts';

/** Time limit for any change in the cluster on a busy machine, in seconds. */
export const patience = 300;

/** A system on the target kubernetes, from a copy of the clone, in a namespace of its own. */
export interface ClusterSystem {
  system: TestSystem;
  environment: string;
  namespace: string;
  /** `--namespace=…` */
  inNamespace: string;
  /** Builds the images of the stack file and loads them into the nodes. Returns their names. */
  loadImages(): Promise<string[]>;
  /** Renders the environment with values for all secrets. Returns the folder. */
  render(): Promise<string>;
  close(): Promise<void>;
}

/**
 * Creates a system. `stack` is the name in the stack file. `secrets` has the config secrets; other secrets are
 * generated.
 */
export async function createClusterSystem(
  stack: string,
  secrets: Record<string, string> = {},
): Promise<ClusterSystem> {
  // Unique per run. Image names do not contain it, so that the next run finds the images.
  const environment = `test-${randomBytes(3).toString('hex')}`;
  const namespace = `${stack}-${environment}`;
  const system = await createSystem('kubernetes', { environment });
  const values = { ...secrets };
  const railhead = (...args: string[]) =>
    capture('node', ['dist/railhead.js', ...args, '--stack', environment], { cwd: system.root });

  return {
    system,
    environment,
    namespace,
    inNamespace: `--namespace=${namespace}`,
    async loadImages() {
      const { code, stdout, problem } = await railhead('images');
      if (code !== 0) throw new Error(`railhead images: ${problem}`);
      const references = stdout.trim().split('\n');
      await loadImages(references);
      return references;
    },
    async render() {
      for (;;) {
        system.write('secrets.yaml', values);
        const { code, problem } = await railhead('render', '--secrets', 'secrets.yaml', '--out', 'out');
        if (code === 0) return join(system.root, 'out');
        const missing = [...problem.matchAll(/: (\S+) is missing$/gm)].map(([, name = '']) => name);
        if (missing.length === 0) throw new Error(`railhead render: ${problem}`);
        for (const name of missing) values[name] = makeSecret(name);
      }
    },
    async close() {
      await kubectl('delete', 'namespace', namespace, '--ignore-not-found', '--wait=false');
      await system.close();
    },
  };
}

function makeSecret(name: string): string {
  if (!name.endsWith('.privateKey')) return randomBytes(16).toString('hex');
  const { privateKey } = generateKeyPairSync('ed25519');
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}
