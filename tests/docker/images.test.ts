import { afterAll, beforeAll, test } from 'vitest';
import {
  containersOf,
  docker,
  lacksDaemon,
  removeLeftovers,
} from '../../infra/targets/docker/testing/daemon.ts';
import {
  createSystem,
  environment,
  lacksEngine,
  succeed,
  type TestSystem,
} from '../../infra/targets/testing/system.ts';
import { eventually } from '../../tools/testing/eventually.ts';
import { lacksPlugin, linkPlugin } from '../../tools/testing/plugins.ts';
import { unless } from '../../tools/testing/unless.ts';

const lack = (await lacksEngine()) ?? lacksPlugin('docker') ?? lacksDaemon();
const labels = { stack: 'images', environment };

unless(lack).describe('images on Docker', () => {
  let system: TestSystem;
  beforeAll(async () => {
    system = await createSystem('docker');
    linkPlugin(system.root, 'docker');
  });
  afterAll(async () => {
    await system.close();
    removeLeftovers(labels);
  });

  test('an image that was removed from the daemon is built again for the container that needs it', async () => {
    system.write('services/job/main.js', 'setInterval(() => {}, 1000)');
    const job = { source: 'services/job', start: 'node main.js', minReady: 0 };
    system.write('stacks/test.yaml', { name: labels.stack, services: { job } });
    await succeed(system.up());
    const [container] = containersOf(labels);
    docker('rm', '--force', container!.Name);
    docker('rmi', '--force', container!.Config.Image);
    await succeed(system.up('--refresh'));
    await eventually(() => containersOf(labels).length === 1);
    await succeed(system.pulumi('preview', '--refresh', '--expect-no-changes'));
  });
});
