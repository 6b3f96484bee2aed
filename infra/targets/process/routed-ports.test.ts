import { unless } from '../../../tools/testing/unless.ts';
import { reservePort } from '../../supervisor/ports.ts';
import { answeringPorts, routesToPorts } from '../testing/routed-ports.ts';
import { createSystem, environment, lacksEngine } from '../testing/system.ts';
import { loopbackAddress } from './address.ts';

unless(await lacksEngine()).test('a route leads to a named port of a process', async (t) => {
  const system = await createSystem('process');
  t.onTestFinished(() => system.close());
  system.write('services/api/main.cjs', answeringPorts);
  const host = loopbackAddress(system.root, environment);
  const { port, release } = await reservePort(host);
  release();
  await routesToPorts({
    ...{ system, port },
    service: { source: 'services/api', build: 'true', start: 'node main.cjs' },
    gateway: () => Promise.resolve(`http://${host}:${port}`),
  });
});
