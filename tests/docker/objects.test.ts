import { containersOf, docker } from '../../infra/targets/docker/testing/daemon.ts';
import { lacksS3Image } from '../../infra/data/testing/s3-image.ts';
import { clientPort, imageClient, keepsObjects } from '../../infra/targets/testing/objects.ts';
import { unless } from '../../tools/testing/unless.ts';
import { deployedSystem, lack } from './deployed.ts';

const { labels, open, close } = deployedSystem('objects');

unless(lack ?? (await lacksS3Image())).test(
  'a container writes and reads objects, and they survive a restart and an update',
  async (t) => {
    const system = await open();
    t.onTestFinished(() => close(system));
    await keepsObjects({
      system,
      client: imageClient(system, 'node:24-slim'),
      ask: async (method, path) => {
        const [balancer] = containersOf({ ...labels, service: 'client', role: 'balancer' });
        const address = Object.values(balancer?.NetworkSettings.Networks ?? {})[0]?.IPAddress;
        return (await fetch(`http://${address}:${clientPort}${path}`, { method })).text();
      },
      restart: () => {
        // `containersOf` returns those that run.
        const ids = containersOf({ ...labels, service: 'files' }).map(({ Id }) => Id);
        docker('kill', ...ids);
        docker('start', ...ids);
        return Promise.resolve();
      },
    });
  },
);
