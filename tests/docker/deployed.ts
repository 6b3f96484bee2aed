import { lacksDaemon, removeLeftovers } from '../../infra/targets/docker/testing/daemon.ts';
import {
  createSystem,
  environment,
  lacksEngine,
  type TestSystem,
} from '../../infra/targets/testing/system.ts';
import { lacksPlugin, linkPlugin } from '../../tools/testing/plugins.ts';

/** The reason why no system can be deployed to a Docker daemon here; undefined if it can. */
export const lack = (await lacksEngine()) ?? lacksPlugin('docker') ?? lacksDaemon();

/** Returns the labels of a system that the engine deploys, and how to create and remove the system. */
export function deployedSystem(stack: string) {
  const labels = { stack, environment };
  return {
    labels,
    open: async (): Promise<TestSystem> => {
      // Of a test that was killed.
      removeLeftovers(labels);
      const system = await createSystem('docker');
      linkPlugin(system.root, 'docker');
      return system;
    },
    close: async (system: TestSystem): Promise<void> => {
      await system.close();
      removeLeftovers(labels);
    },
  };
}
