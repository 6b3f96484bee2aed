import { answeringPorts, routesToPorts } from '../../infra/targets/testing/routed-ports.ts';
import { unless } from '../../tools/testing/unless.ts';
import { deployedSystem, image, lack, loadBuiltImages } from './deployed.ts';
import { urlOfService } from './inside.ts';

const port = 8090;
const { namespace, open, close } = deployedSystem('routed', { prepare: loadBuiltImages });

unless(lack).test('a route leads to a named port of a pod', async (t) => {
  const system = await open();
  t.onTestFinished(() => close(system));
  await routesToPorts({
    ...{ system, port },
    service: { image, start: `node -e '${answeringPorts}'` },
    gateway: () => urlOfService(namespace, 'gateway', port),
  });
});
