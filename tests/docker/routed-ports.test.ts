import { answeringPorts, routesToPorts } from '../../infra/targets/testing/routed-ports.ts';
import { unless } from '../../tools/testing/unless.ts';
import { freePort } from '../servers.ts';
import { deployedSystem, lack } from './deployed.ts';

const { open, close } = deployedSystem('routed');

unless(lack).test('a route leads to a named port of a container', async (t) => {
  const system = await open();
  t.onTestFinished(() => close(system));
  const port = await freePort();
  await routesToPorts({
    ...{ system, port },
    service: { image: 'node:24-slim', start: `node -e '${answeringPorts}'` },
    gateway: () => Promise.resolve(`http://127.0.0.1:${port}`),
  });
});
