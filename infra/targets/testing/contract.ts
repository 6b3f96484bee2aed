import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, test } from 'vitest';
import { eventually } from '../../../tools/testing/eventually.ts';
import { previewDocumentSchema } from '../../changes/model.ts';
import { publishedHost } from '../../common/loopback.ts';
import { reservePort } from '../../supervisor/ports.ts';
import { boundFile, contractStack, migrations, mountedSource, writeContractServices } from './services.ts';
import { createSystem, fail, succeed, type TestSystem } from './system.ts';
import type { TargetHarness } from './target-harness.ts';
import { jsonFrom, textFrom } from './text-from.ts';
import { componentsOf, removeComponents } from './without-components.ts';
import { unless } from '../../../tools/testing/unless.ts';

const services = ['first', 'init', 'second', 'store', 'tick'];
const token = 'canary-5f2c9a1e7b';

/** Defines the tests that every target must pass. They use the real engine and a system of five small services. */
export function describeTarget(name: string, harness: TargetHarness): void {
  unless(harness.skip).describe(`target ${name}`, () => {
    let system: TestSystem;
    const { restart = 'never', refreshFlags = [], serviceOf = (name) => name } = harness;
    const { mountsFiles = false, mountsFolders = false } = harness;
    const secretChange = harness.secretChange ?? /TOKEN[^\n]*\[secret\]/;
    let published = 0;
    const stack = (changes = {}) =>
      contractStack({ ...changes, restart, mountsFiles, mountsFolders, published });
    const instances = (service: string) => harness.instances(system, service);
    const ask = async (service: 'first' | 'second', path = '/') =>
      jsonFrom(new URL(path, await harness.url(system, service)));
    /** Checks that `services` keep their instances during `work`. */
    const keeps = async (services: string[], work: () => Promise<unknown>) => {
      const of = () => Promise.all(services.map(instances));
      // The last replicas of an earlier version may still finish their requests.
      await eventually(async () => (await instances('second')).length === 3);
      const before = await of();
      await work();
      assert.deepEqual(await of(), before);
    };
    const preview = async () => {
      const { code, output } = await system.railhead('preview', '--format', 'json');
      assert.ok(code === 0 || code === 2, output);
      const [environment] = previewDocumentSchema.parse(JSON.parse(output)).environments;
      assert.ok(environment);
      return environment;
    };
    /** Checks that a run succeeds. Returns the services that it changed. */
    const changes = async (run: ReturnType<TestSystem['up']>) => {
      const { changed } = await succeed(run);
      return services.filter((service) => changed.some((resource) => serviceOf(resource) === service));
    };

    beforeAll(async () => {
      system = await createSystem(name, harness);
      const reserved = await reservePort(publishedHost);
      published = reserved.port;
      reserved.release();
      writeContractServices(system);
      system.write('stacks/test.yaml', stack());
      await succeed(system.pulumi('config', 'set', '--secret', 'railhead:TOKEN', token));
    });
    afterAll(() => system.close());

    test('a service starts when the services that it references are ready', async () => {
      assert.deepEqual(await changes(system.up()), services);
      // `second` sends one request to `first` at its start, and would have ended without a response.
      const { firstAnswered } = await ask('second');
      assert.equal(firstAnswered, 'hello');
    });

    test('a service that runs once has completed before what waits for it starts', async () => {
      assert.equal((await ask('second')).filled, '1');
    });

    test('a second run makes no changes', async () => {
      await succeed(system.pulumi('preview', '--expect-no-changes'));
    });

    test('each service has a component, and resources from a state without components stay', async () => {
      assert.deepEqual(await componentsOf(system), services);
      await removeComponents(system);
      await keeps(services, async () => {
        const { output } = await succeed(system.up());
        assert.match(output, /^Resources:\n +\+ 5 created\n +\d+ unchanged$/m);
      });
      assert.deepEqual(await componentsOf(system), services);
    });

    test('replicas share one address', async () => {
      const replicas = new Set<unknown>();
      await eventually(async () => replicas.add((await ask('second')).replica).size === 3);
      assert.equal((await instances('second')).length, 3);
    });

    test('a service reaches a further port of another one by its variable', async () => {
      assert.equal((await ask('second', '/greeting')).greeting, 'hello');
    });

    test('clients outside of the system reach a published port, and no other one', async () => {
      const { open, closed } = await harness.published(system, published);
      assert.equal(await eventually(() => textFrom(open)), 'hello');
      assert.equal(await textFrom(closed), undefined);
    });

    test('services share a volume, and a service has several', async () => {
      assert.equal((await ask('first', '/note')).draft, 'x');
      assert.equal((await ask('second', '/note')).note, 'x');
    });

    test('a secret reaches the service and nothing else', async () => {
      assert.equal((await ask('first')).token, token);
      system.write('stacks/test.yaml', stack({ greeting: 'hello', token: '${{secret.TOKEN}}!' }));
      const { output } = await system.pulumi('preview', '--diff');
      assert.match(output, secretChange);
      system.write('stacks/test.yaml', stack());
      for (const text of [output, system.state()]) assert.ok(!text.includes(token));
    });

    test('a preview shows changed services only, and `up --plan` deploys exactly that, once', async () => {
      system.write('stacks/test.yaml', stack({ greeting: 'good day' }));
      const { services, risks, digest = '' } = await preview();
      const shown = services.map(({ service, values, rollout }) => [service, values, rollout?.restarts]);
      const value = { name: 'GREETING', before: 'hello', after: 'good day' };
      assert.deepEqual([shown, risks], [[['first', [value], true]], []]);
      await keeps(['second', 'store', 'tick'], async () => {
        assert.deepEqual(await changes(system.railhead('up', '--plan', digest)), ['first']);
      });
      assert.equal((await ask('first')).greeting, 'good day');
      assert.equal((await ask('second', '/greeting')).greeting, 'good day');
      const { open } = await harness.published(system, published);
      assert.equal(await eventually(() => textFrom(open)), 'good day');
      await fail(system.railhead('up', '--plan', digest), /The state is not the one of the preview/);
      assert.deepEqual((await preview()).services, []);
    });

    test('if the new version fails its liveness check, the old one continues to serve', async () => {
      const health = { path: '/gone', ready: '/health', timeout: '10s' };
      system.write('stacks/test.yaml', stack({ greeting: 'good night', health }));
      const greetings = new Set<unknown>();
      let updating = true;
      const load = (async () => {
        while (updating) greetings.add((await ask('first')).greeting);
      })();
      await fail(system.up());
      updating = false;
      await load;
      assert.deepEqual([...greetings], ['good day']);
      system.write('stacks/test.yaml', stack({ greeting: 'good day' }));
      await succeed(system.up());
      assert.equal((await ask('first')).greeting, 'good day');
    });

    if (mountsFiles) {
      test('a replica has its mounted files, and another content replaces it', async () => {
        assert.deepEqual(await ask('first', '/files'), { greeting: 'good morning', token: `token ${token}` });
        system.write(mountedSource, 'good evening');
        const { services: shown } = await preview();
        assert.deepEqual(
          shown.map(({ service, rollout }) => [service, rollout?.restarts]),
          [['first', true]],
        );
        await keeps(['second', 'store', 'tick'], async () => {
          assert.deepEqual(await changes(system.up()), ['first']);
        });
        assert.equal((await ask('first', '/files')).greeting, 'good evening');
      });
    }

    if (mountsFolders)
      test('a replica sees a folder of the repository as it is, and another content replaces nothing', async () => {
        assert.equal((await ask('first', '/page')).page, 'first page');
        system.write(boundFile, 'second page');
        assert.equal((await ask('first', '/page')).page, 'second page');
        assert.deepEqual((await preview()).services, []);
      });

    test('preDeploy reads its migrations at their paths in the source folder', async () => {
      const prepared = await ask('second', '/prepared');
      assert.equal(prepared.migrations, migrations.map((name) => `-- ${name}`).join());
    });

    test('preDeploy runs once per artifact', async () => {
      assert.equal((await ask('second', '/prepared')).count, 1);
      writeContractServices(system, { version: '2' });
      await succeed(system.up());
      assert.equal((await ask('second')).version, '2');
      assert.equal((await ask('second', '/prepared')).count, 2);
    });

    test('if preDeploy fails, the old version continues to serve', async () => {
      writeContractServices(system, { version: '3', prepareFails: true });
      await keeps(['second'], () => fail(system.up(), /preparing goes wrong/));
      assert.equal((await ask('second')).version, '2');
      writeContractServices(system, { version: '4' });
      await succeed(system.up());
      assert.equal((await ask('second')).version, '4');
    });

    test('a service that runs once runs again for a new artifact, and its failure shows its last lines', async () => {
      writeContractServices(system, { version: '4', init: 'fails' });
      await keeps(['first', 'second'], async () => {
        const output = await fail(system.up(), /filling goes wrong/);
        assert.match(output, /init\b.*(exit code 3|failed)/);
        assert.match(output, /The services that wait for it are unchanged\./);
      });
      writeContractServices(system, { version: '4', init: '2' });
      assert.deepEqual(await changes(system.up()), ['init']);
      assert.equal((await ask('second', '/filled')).filled, '12');
    });

    test('a service that was removed without Pulumi is restored, and no other service changes', async () => {
      await harness.remove(system, 'first');
      await keeps(['second', 'store', 'tick'], async () => {
        // A preview reports the removed service.
        const preview = await fail(system.pulumi('preview', '--expect-no-changes', ...refreshFlags));
        assert.ok(preview.split(/\s+/).map(serviceOf).includes('first'));
        assert.deepEqual(await changes(system.up(...refreshFlags)), ['first']);
      });
      assert.equal((await ask('first')).greeting, 'good day');
    });

    test('cron runs never overlap', async () => {
      await harness.tick(system, 'tick');
      await eventually(async () => (await ask('second', '/ticks')).running === 1);
      await harness.tick(system, 'tick');
      await sleep(200);
      assert.equal((await ask('second', '/ticks')).begun, 1);
      await ask('second', '/finish');
      await eventually(async () => (await ask('second', '/ticks')).running === 0);
      // The process of the first run may still be about to exit.
      await eventually(async () => {
        await harness.tick(system, 'tick');
        return (await ask('second', '/ticks')).begun === 2;
      });
      await ask('second', '/finish');
      await eventually(async () => (await ask('second', '/ticks')).running === 0);
    });

    test('down stops all services and keeps the data', async () => {
      assert.equal((await ask('second', '/prepared')).count, 3);
      await succeed(system.down());
      await assert.rejects(ask('second'));
      await succeed(system.up());
      assert.equal((await ask('first', '/note')).draft, 'xx');
      assert.equal((await ask('second', '/note')).note, 'xx');
      // `down` removed the record of the preDeploy run, so it runs again.
      assert.equal((await ask('second', '/prepared')).count, 4);
    });
  });
}
