import assert from 'node:assert/strict';
import { lacksProgram, unless } from '../../tools/testing/unless.ts';
import { freePort } from '../../tests/servers.ts';
import { readSpec } from '../supervisor/files.ts';
import { servicePaths } from '../supervisor/paths.ts';
import {
  builtServices,
  rebuildsOnlyWhatChanges,
  runtimeAnswers,
  runtimeStack,
} from '../targets/testing/runtimes.ts';
import { createSystem, environment, lacksEngine, succeed } from '../targets/testing/system.ts';

const lackPython = (await lacksEngine()) ?? lacksProgram('python3', '-c', 'import ensurepip, venv');

unless(lackPython ?? lacksProgram('go', 'version')).test(
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
            return [name, readSpec(workload)?.cwd ?? ''];
          }),
        ),
    });
  },
);

unless(lackPython).test('a program that pip has installed starts a service', async (t) => {
  const system = await createSystem('process');
  t.onTestFinished(() => system.close());
  system.write('app/requirements.txt', 'waitress==3.0.2\n');
  system.write('app/hello.py', 'def app(environ, start):\n    start("200 OK", [])\n    return [b"hello"]\n');
  const start = 'waitress-serve --listen=$HOST:$PORT hello:app';
  const hello = { source: 'app', start, port: 3001, health: { path: '/' } };
  system.write('stacks/test.yaml', { name: 'programs', services: { hello } });
  await succeed(system.up());
  const { output } = await succeed(system.pulumi('stack', 'output', '--json'));
  const { services } = JSON.parse(output) as { services: Record<string, string> };
  assert.equal(await (await fetch(services['hello']!)).text(), 'hello');
});
