import assert from 'node:assert/strict';
import { afterAll, beforeAll, test } from 'vitest';
import { containersOf, docker } from '../../infra/targets/docker/testing/daemon.ts';
import { succeed, type TestSystem } from '../../infra/targets/testing/system.ts';
import { eventually } from '../../tools/testing/eventually.ts';
import { unless } from '../../tools/testing/unless.ts';
import { deployedSystem, lack } from './deployed.ts';

const { labels, open, close } = deployedSystem('images');

unless(lack).describe('images on Docker', () => {
  let system: TestSystem;
  beforeAll(async () => {
    system = await open();
  });
  afterAll(() => close(system));

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

  test('a change of a folder in memory or of the health check alone replaces the container', async () => {
    const tool = { image: 'node:24-slim', start: `node -e 'setInterval(() => {}, 1000)'`, drain: 0 };
    const deploy = async (fields: object) => {
      system.write('stacks/test.yaml', { name: labels.stack, services: { tool: { ...tool, ...fields } } });
      await succeed(system.up());
      const [container] = containersOf(labels);
      return { id: container!.Id, test: container!.Config.Healthcheck?.Test };
    };
    const first = await deploy({});
    const second = await deploy({ tmpfs: ['/cache'] });
    assert.notEqual(second.id, first.id);
    docker('exec', second.id, 'test', '-d', '/cache');
    const third = await deploy({ tmpfs: ['/cache'], health: { command: 'test -d /cache' } });
    assert.notEqual(third.id, second.id);
    assert.match(String(third.test), /test,-d,\/cache/);
  });
});
