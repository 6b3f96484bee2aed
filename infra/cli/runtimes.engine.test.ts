import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lacksProgram, unless } from '../../tools/testing/unless.ts';
import { freePort } from '../../tests/servers.ts';
import { servicePaths } from '../supervisor/paths.ts';
import type { WorkloadSpec } from '../supervisor/spec.ts';
import {
  builtServices,
  rebuildsOnlyWhatChanges,
  runtimeAnswers,
  runtimeStack,
} from '../targets/testing/runtimes.ts';
import { createSystem, environment, lacksEngine, succeed } from '../targets/testing/system.ts';

const lack =
  (await lacksEngine()) ??
  lacksProgram('python3', '-c', 'import ensurepip, venv') ??
  lacksProgram('go', 'version');

unless(lack).test(
  'Python, Go and static files run as processes without a command, each built only when its own files change',
  async (t) => {
    const system = await createSystem('process');
    t.onTestFinished(() => system.close());
    const port = await freePort();
    system.write('stacks/test.yaml', runtimeStack('runtimes', port));
    await rebuildsOnlyWhatChanges({
      system,
      up: async () => builtServices(await succeed(system.up())),
      url: async () => {
        const { output } = await succeed(system.pulumi('stack', 'output', 'url'));
        return output.trim();
      },
      running: () =>
        Object.fromEntries(
          Object.keys(runtimeAnswers).map((name) => {
            const { workload } = servicePaths({ root: system.root, environment, name });
            const { cwd } = JSON.parse(readFileSync(join(workload, 'spec.json'), 'utf8')) as WorkloadSpec;
            return [name, cwd];
          }),
        ),
    });
  },
);
