import {
  createSystem,
  environment,
  lacksEngine,
  type SystemOptions,
  type TestSystem,
} from '../../infra/targets/testing/system.ts';
import { capture } from '../../tools/command.ts';
import { lacksPlugin, linkPlugin } from '../../tools/testing/plugins.ts';
import { kubectl, lacksCluster, loadImages } from './cluster.ts';

/** The reason why no system can be deployed to a cluster here; undefined if it can. */
export const lack = (await lacksEngine()) ?? lacksPlugin('kubernetes') ?? (await lacksCluster());

/** The image of the services of a deployed system. It needs no build. */
export const image = 'node:24-slim';

/** A program of this image that answers each request. */
export const server =
  'require("http").createServer((_, response) => response.end()).listen(process.env.PORT)';

/** Builds the images and loads them into the nodes, as a user without a registry does before `pulumi up`. */
export async function loadBuiltImages({ root }: TestSystem): Promise<void> {
  linkPlugin(root, 'kubernetes');
  const images = await capture('node', ['dist/railhead.js', 'images', '--stack', environment], {
    cwd: root,
  });
  if (images.code !== 0) throw new Error(images.problem);
  await loadImages(images.stdout.trim().split('\n'));
}

/** Returns the namespace of a small system that the engine deploys, and how to create and remove the system. */
export function deployedSystem(stack: string, options: SystemOptions = {}) {
  const namespace = `${stack}-${environment}`;
  return {
    ...{ stack, namespace, inNamespace: `--namespace=${namespace}` },
    open: async (): Promise<TestSystem> => {
      await loadImages([image]);
      const system = await createSystem('kubernetes', options);
      linkPlugin(system.root, 'kubernetes');
      return system;
    },
    close: async (system: TestSystem): Promise<void> => {
      await system.close();
      await kubectl('delete', 'namespace', namespace, '--ignore-not-found', '--wait=false');
    },
  };
}
