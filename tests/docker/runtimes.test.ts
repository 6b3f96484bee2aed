import assert from 'node:assert/strict';
import { afterAll, beforeAll, test } from 'vitest';
import { containersOf } from '../../infra/targets/docker/testing/daemon.ts';
import {
  dotnetRuntime,
  furtherRuntimes,
  type RuntimeExample,
} from '../../infra/targets/testing/further-runtimes.ts';
import {
  readRuntimes,
  routedStack,
  runtimeAnswers,
  runtimeSources,
  runtimeStack,
} from '../../infra/targets/testing/runtimes.ts';
import { succeed, type TestSystem } from '../../infra/targets/testing/system.ts';
import { unless } from '../../tools/testing/unless.ts';
import { freePort } from '../servers.ts';
import { lacksBases, lacksImage, lacksPackagedBases, makeBases, makePackagedBases } from './bases.ts';
import { deployedSystem, lack } from './deployed.ts';

const { labels, open, close } = deployedSystem('runtimes');

unless(lack ?? lacksBases()).describe('runtimes on Docker', () => {
  let system: TestSystem;
  let url: string;

  beforeAll(async () => {
    system = await open();
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    for (const [path, text] of Object.entries(runtimeSources)) system.write(path, text);
    system.write('stacks/test.yaml', runtimeStack(labels.stack, port, { images: makeBases() }));
  });
  afterAll(() => close(system));

  /** Returns the image of each service. */
  const images = (): Record<string, string> =>
    Object.fromEntries(
      containersOf(labels)
        .filter(({ Config }) => Config.Labels['railhead.role'] === 'replica')
        .map(({ Config }): [string, string] => [Config.Labels['railhead.service'] ?? '', Config.Image]),
    );

  test('Python, Go and static files are built in containers, without a command in the stack file', async () => {
    await succeed(system.up());
    assert.deepEqual(await readRuntimes(url), runtimeAnswers);
    for (const { Config } of containersOf(labels)) assert.equal(Config.User, '10001:10001', Config.Image);
  });

  test('a service is rebuilt only when its own inputs change', async () => {
    const before = images();
    system.write('services/site/index.html', '<h1>second</h1>\n');
    const { output } = await succeed(system.up());
    assert.match(output, /Building site/);
    assert.doesNotMatch(output, /Building (ml|api)/);
    assert.deepEqual(await readRuntimes(url), { ...runtimeAnswers, site: '<h1>second</h1>\n' });
    const { site, ...others } = images();
    assert.notEqual(site, before.site);
    assert.deepEqual(others, { ml: before.ml, api: before.api });
  });
});

unless(lack ?? lacksPackagedBases()).test(
  'Ruby, PHP, Java, Bun and Deno are built in containers, without a command in the stack file',
  () => answers(furtherRuntimes, makePackagedBases()),
);

const dotnetImages = ['mcr.microsoft.com/dotnet/sdk:10.0', 'mcr.microsoft.com/dotnet/aspnet:10.0'];

unless(lack ?? dotnetImages.map(lacksImage).find(Boolean)).test(
  '.NET is built in a container, without a command in the stack file',
  () => answers({ dotnet: dotnetRuntime }, {}),
);

/** Deploys services and checks what they answer through the gateway. */
async function answers(examples: Record<string, RuntimeExample>, images: object): Promise<void> {
  const deployed = deployedSystem('further');
  const system = await deployed.open();
  try {
    const port = await freePort();
    const services = Object.entries(examples).map(([name, { files, fields }]): [string, object] => {
      for (const [path, text] of Object.entries(files)) system.write(`services/${name}/${path}`, text);
      return [name, { source: `services/${name}`, ...fields }];
    });
    const stack = routedStack(deployed.labels.stack, port, Object.fromEntries(services), { images });
    system.write('stacks/test.yaml', stack);
    await succeed(system.up());
    const expected = Object.entries(examples).map(([name, { answer }]) => [name, answer]);
    const read = await readRuntimes(`http://127.0.0.1:${port}`, Object.keys(examples));
    assert.deepEqual(read, Object.fromEntries(expected));
  } finally {
    await deployed.close(system);
  }
}
