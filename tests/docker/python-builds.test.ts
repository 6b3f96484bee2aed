import assert from 'node:assert/strict';
import { readRuntimes, routedStack, runtimeSources } from '../../infra/targets/testing/runtimes.ts';
import { succeed } from '../../infra/targets/testing/system.ts';
import { unless } from '../../tools/testing/unless.ts';
import { freePort } from '../servers.ts';
import { lacksBases, makeBases } from './bases.ts';
import { deployedSystem, lack } from './deployed.ts';

const { labels, open, close } = deployedSystem('python-builds');

/** Files that declare the package `six`, each with the fields of a service that installs it. */
const services: Record<string, { files: Record<string, string>; fields?: { build: string; start: string } }> =
  {
    pip: {
      files: { 'requirements.txt': 'six==1.17.0\n' },
      fields: { build: 'pip install -r requirements.txt', start: 'python3 main.py' },
    },
    project: {
      files: { 'pyproject.toml': '[project]\nname = "x"\nversion = "1"\ndependencies = ["six==1.17.0"]\n' },
    },
    pipenv: { files: { Pipfile: '[packages]\nsix = "==1.17.0"\n' } },
  };

unless(lack ?? lacksBases()).test(
  'packages that a build of Python installs are in the image, by a command of the stack file and by default',
  async () => {
    const system = await open();
    try {
      const port = await freePort();
      const routed = Object.entries(services).map(([name, { files, fields }], index): [string, object] => {
        for (const [file, text] of Object.entries(files)) system.write(`services/${name}/${file}`, text);
        system.write(`services/${name}/main.py`, runtimeSources['services/ml/main.py']!);
        return [name, { source: `services/${name}`, port: 3001 + index, minReady: '1s', ...fields }];
      });
      const { python } = makeBases();
      system.write(
        'stacks/test.yaml',
        routedStack(labels.stack, port, Object.fromEntries(routed), { images: { python } }),
      );
      await succeed(system.up());
      const names = Object.keys(services);
      const answers = await readRuntimes(`http://127.0.0.1:${port}`, names);
      assert.deepEqual(answers, Object.fromEntries(names.map((name) => [name, 'six 1.17.0'])));
    } finally {
      await close(system);
    }
  },
);
