import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { saveImages } from '../../infra/artifacts/docker.ts';
import { packageRoot } from '../../infra/common/roots.ts';
import type { Kubectl } from '../../infra/targets/kubernetes/kubectl.ts';
import { capture } from '../../tools/command.ts';

/** Command that loads image archives into the nodes. Its arguments are the files. */
const loadCommand = process.env.RAILHEAD_CLUSTER_LOAD ?? join(packageRoot, '../shared/cluster/load');

/** The kubectl in the folder of the load command if there is one, else the one on the PATH. */
const kubectlCommand = existsSync(join(dirname(loadCommand), 'kubectl'))
  ? join(dirname(loadCommand), 'kubectl')
  : 'kubectl';

/** Returns the reason why a test that needs a cluster cannot run, or undefined if a cluster responds. */
export async function lacksCluster(): Promise<string | undefined> {
  if (process.env.KUBECONFIG === undefined) return 'there is no cluster: set KUBECONFIG';
  if (!existsSync(loadCommand)) return 'nothing loads images into the nodes: set RAILHEAD_CLUSTER_LOAD';
  const { code, problem } = await tryKubectl('get', '--raw', '/readyz', '--request-timeout=5s');
  return code === 0 ? undefined : `the cluster of KUBECONFIG does not answer: ${problem.trim()}`;
}

/** Runs kubectl and returns how it ended, with its output. */
export const tryKubectl: Kubectl = (...args) => capture(kubectlCommand, args);

/** Runs kubectl and returns its output. Throws an error with its stderr if it fails. */
export async function kubectl(...args: string[]): Promise<string> {
  const { code, stdout, problem } = await tryKubectl(...args);
  if (code !== 0) throw new Error(`kubectl ${args.join(' ')}: ${problem}`);
  return stdout;
}

/** Runs a shell script with the same kubectl and returns its output. Throws an error with its stderr if it fails. */
export async function shell(script: string, cwd: string): Promise<string> {
  const PATH = [dirname(loadCommand), process.env.PATH].join(delimiter);
  const { code, stdout, problem } = await capture('sh', ['-ec', script], {
    cwd,
    env: { ...process.env, PATH },
  });
  if (code !== 0) throw new Error(`${script}\n${problem}`);
  return stdout;
}

/** Returns the objects from the JSON output of `kubectl get`. */
export async function getObjects<T>(...args: string[]): Promise<T[]> {
  const { items } = JSON.parse(await kubectl('get', '--output=json', ...args)) as { items: T[] };
  return items;
}

/** Returns the pods that `kubectl get` selects by these arguments and that are not being deleted. */
export async function livePods<T>(...args: string[]): Promise<T[]> {
  const pods = await getObjects<T & { metadata: { deletionTimestamp?: string } }>('pods', ...args);
  return pods.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
}

const loaded = new Set<string>();

/** Loads images of the Docker daemon into the nodes. */
export async function loadImages(references: string[]): Promise<void> {
  const missing = references.filter((reference) => !loaded.has(reference));
  if (missing.length === 0) return;
  const folder = await mkdtemp(join(tmpdir(), 'railhead-images-'));
  try {
    const file = join(folder, 'images.tar');
    await saveImages(packageRoot, missing, file);
    const { code, problem } = await capture(loadCommand, [file]);
    if (code !== 0) throw new Error(problem);
  } finally {
    await rm(folder, { recursive: true });
  }
  for (const reference of missing) loaded.add(reference);
}

/** Returns the address of this machine in the network of the cluster. */
export async function ownAddress(): Promise<string> {
  const server = (
    await kubectl('config', 'view', '--minify', '--output=jsonpath={.clusters[0].cluster.server}')
  ).trim();
  const { hostname, port } = new URL(server);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port || 443) }, () => {
      resolve(socket.localAddress ?? '');
      socket.destroy();
    });
    socket.on('error', reject);
  });
}
