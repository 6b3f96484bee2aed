import { lacksS3Image, s3Image } from '../../infra/data/testing/s3-image.ts';
import { clientPort, imageClient, keepsObjects } from '../../infra/targets/testing/objects.ts';
import { unless } from '../../tools/testing/unless.ts';
import { kubectl, loadImages } from './cluster.ts';
import { deployedSystem, image, lack } from './deployed.ts';

const { inNamespace, open, close } = deployedSystem('objects');

unless(lack ?? (await lacksS3Image())).test(
  'a pod writes and reads objects, and they survive a restart and an update',
  async (t) => {
    await loadImages([s3Image]);
    const system = await open();
    t.onTestFinished(() => close(system));
    await keepsObjects({
      system,
      client: imageClient(system, image),
      ask: async (method, path) => {
        const url = `http://127.0.0.1:${clientPort}${path}`;
        const request = `fetch('${url}', { method: '${method}' }).then((r) => r.text()).then((text) => process.stdout.write(text))`;
        return kubectl('exec', inNamespace, 'deployment/client', '--', 'node', '-e', request);
      },
      restart: () =>
        kubectl('delete', 'pod', inNamespace, '--selector=app.kubernetes.io/name=files', '--wait=true'),
    });
  },
);
