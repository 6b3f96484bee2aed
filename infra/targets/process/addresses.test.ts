import assert from 'node:assert/strict';
import { afterAll, beforeAll, test } from 'vitest';
import { eventually } from '../../../tools/testing/eventually.ts';
import { createSystem, environment, fail, lacksEngine, succeed, type TestSystem } from '../testing/system.ts';
import { loopbackAddress } from './address.ts';
import { servicePaths } from '../../supervisor/paths.ts';
import { readWorkload } from '../../supervisor/control.ts';
import { unless } from '../../../tools/testing/unless.ts';

const answers = (name: string) => `
import { createServer } from 'node:http';

const server = createServer((_, response) => response.end('${name}'));
server.listen(Number(process.env.PORT), process.env.HOST);
process.on('SIGTERM', () => server.close(() => process.exit(0)));
`;

/** Returns a service that answers with its name. `needs`: a service that must start before it. */
function service(name: string, port: number, needs?: string) {
  return {
    source: `services/${name}`,
    port,
    health: { path: '/health' },
    ...(needs && { variables: { OTHER_URL: `\${{${needs}.URL}}` } }),
  };
}

unless(await lacksEngine()).describe('services exchange their addresses in one `up`', () => {
  let system: TestSystem;
  const ask = async (port: number) => {
    const url = `http://${loopbackAddress(system.root, environment)}:${port}/`;
    const response = await fetch(url, { headers: { connection: 'close' } });
    return response.text();
  };
  const up = async (services: object, gateway?: object) => {
    system.write('stacks/test.yaml', { name: 'addresses', services, ...(gateway && { gateway }) });
    return (await succeed(system.up())).changed;
  };
  const runs = (name: string) =>
    readWorkload(servicePaths({ root: system.root, environment, name }).workload)?.state;

  beforeAll(async () => {
    system = await createSystem('process');
    for (const name of ['api', 'backend', 'web', 'tick']) {
      system.write(`services/${name}/main.ts`, answers(name));
    }
    await up({ api: service('api', 4001), web: service('web', 4002, 'api') });
  });
  afterAll(() => system.close());

  test('a renamed service keeps its port', async () => {
    let rolling = true;
    const seen: string[] = [];
    const load = (async () => {
      while (rolling) seen.push(await ask(4001).catch(() => 'nobody'));
    })();
    await up({ backend: service('backend', 4001), web: service('web', 4002, 'backend') });
    await eventually(() => Promise.resolve(seen.includes('backend')));
    rolling = false;
    await load;
    assert.equal(runs('api'), undefined);
    await succeed(system.pulumi('preview', '--expect-no-changes'));
    // The gap between two listeners is shorter than any restart of the service.
    assert.ok(seen.filter((answer) => answer === 'nobody').length < 10, seen.join(' '));
    assert.ok(seen.lastIndexOf('api') < seen.indexOf('backend'));
  });

  test('two services that need each other in one direction swap their ports, and back', async () => {
    await up({ backend: service('backend', 4002), web: service('web', 4001, 'backend') });
    assert.deepEqual([await ask(4001), await ask(4002)], ['web', 'backend']);
    await up({ backend: service('backend', 4001), web: service('web', 4002, 'backend') });
    assert.deepEqual([await ask(4001), await ask(4002)], ['backend', 'web']);
  });

  test('a service that does not get ready takes no address, and a revert and a second try succeed', async () => {
    system.write('services/broken/main.ts', 'process.exit(1);');
    const broken = { ...service('broken', 4002), restart: { policy: 'never' } };
    system.write('stacks/test.yaml', {
      name: 'addresses',
      services: { backend: service('backend', 4001), broken },
    });
    for (let attempt = 0; attempt < 2; attempt++) {
      await fail(system.up(), /broken did not get ready: broken-1 ended with exit code 1/);
      assert.equal(await ask(4002), 'web');
    }
    assert.deepEqual(
      await up({ backend: service('backend', 4001), web: service('web', 4002, 'backend') }),
      [],
    );
    system.write('services/broken/main.ts', answers('broken'));
    await up({ backend: service('backend', 4001), broken });
    assert.equal(await ask(4002), 'broken');
  });

  test('the gateway, a service and a data server exchange their ports', async () => {
    const gateway = (port: number) => ({ port, routes: [{ path: '/*', to: 'backend' }] });
    await up({ backend: service('backend', 4001), store: { type: 'redis', port: 4002 } }, gateway(4003));
    assert.equal(await ask(4003), 'backend');
    await up({ backend: service('backend', 4002), store: { type: 'redis', port: 4003 } }, gateway(4001));
    assert.deepEqual([await ask(4001), await ask(4002), runs('store')], ['backend', 'backend', 'ready']);
  });

  test('a service can become another kind under the same name', async () => {
    const backend = service('backend', 4002);
    await up({ backend, tick: service('tick', 4004) });
    await up({ backend, tick: { source: 'services/tick', cron: '0 0 31 12 *' } });
    assert.equal(runs('tick'), 'scheduled');
    await up({ backend, tick: { type: 'redis', port: 4004 } });
    assert.equal(runs('tick'), 'ready');
  });
});
