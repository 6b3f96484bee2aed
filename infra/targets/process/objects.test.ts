import { ensureS3 } from '../../data/s3/local/find.ts';
import { readWorkload } from '../../supervisor/control.ts';
import { servicePaths } from '../../supervisor/paths.ts';
import { failureOf, unless } from '../../../tools/testing/unless.ts';
import { clientModule, clientPort, keepsObjects } from '../testing/objects.ts';
import { createSystem, environment, lacksEngine } from '../testing/system.ts';
import { loopbackAddress } from './address.ts';

const lack = (await lacksEngine()) ?? (await failureOf(ensureS3('1', () => undefined)));

unless(lack).test(
  'a process writes and reads objects, and they survive a restart and an update',
  async (t) => {
    const system = await createSystem('process');
    t.onTestFinished(() => system.close());
    system.write('services/client/main.ts', clientModule);
    await keepsObjects({
      system,
      client: { source: 'services/client' },
      ask: async (method, path) => {
        const address = loopbackAddress(system.root, environment);
        return (await fetch(`http://${address}:${clientPort}${path}`, { method })).text();
      },
      restart: () => {
        const { workload } = servicePaths({ root: system.root, environment, name: 'files' });
        for (const { pid } of readWorkload(workload)?.replicas ?? []) process.kill(pid, 'SIGKILL');
        return Promise.resolve();
      },
    });
  },
);
