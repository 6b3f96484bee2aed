import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../../tests/eventually.ts';
import type { TargetName } from './target.ts';
import { contractStack, writeContractServices } from './testing/services.ts';
import { createSystem, type SystemOptions, type TestSystem } from './testing/system.ts';

/** How the contract reaches what a target has made. */
export interface TargetHarness extends SystemOptions {
  /** Reason why this target cannot be tried here; undefined where it can. */
  skip: string | undefined;
  /** Private address of a service, `http://host:port`, as a test process reaches it. */
  url(system: TestSystem, service: 'first' | 'second'): Promise<string>;
  /** What names the running instances of a service, sorted; another one after every restart. */
  instances(system: TestSystem, service: string): Promise<string[]>;
  /** Ends a service for good without Pulumi, as a person or a restart of the machine would. */
  remove(system: TestSystem, service: string): Promise<void>;
  /** Asks for a run of a cron service now. */
  tick(system: TestSystem, service: string): Promise<void>;
  /** Restart policy that proves the start order, the strictest that the target has; `never` where absent. */
  restart?: string;
  /** Flags with which `preview` and `up` look at what runs; none where they always do. */
  refreshFlags?: string[];
  /** The service that a resource is part of, by the resource's name; its name itself where absent. */
  serviceOf?: (resource: string) => string;
  /** How a preview shows that the variable TOKEN changes and is a secret; as a value of its own where absent. */
  secretChange?: RegExp;
}

const services = ['first', 'second', 'store', 'tick'];
const token = 'canary-5f2c9a1e7b';

/** What every target promises, tried with the real engine on a system of four small services. */
export function describeTarget(name: TargetName, harness: TargetHarness): void {
  describe(`target ${name}`, { skip: harness.skip ?? false }, () => {
    let system: TestSystem;
    const { restart = 'never', refreshFlags = [], serviceOf = (name) => name } = harness;
    const secretChange = harness.secretChange ?? /TOKEN[^\n]*\[secret\]/;
    const stack = (changes = {}) => contractStack({ ...changes, restart });
    const instances = (service: string) => harness.instances(system, service);
    const ask = async (service: 'first' | 'second', path = '/') => {
      const url = new URL(path, await harness.url(system, service));
      const response = await fetch(url, { headers: { connection: 'close' } });
      return (await response.json()) as Record<string, unknown>;
    };
    /** The other services keep their instances while `work` is done. */
    const keeps = async (services: string[], work: () => Promise<unknown>) => {
      const of = () => Promise.all(services.map(instances));
      // The last replicas of an earlier version may still finish their requests.
      await eventually(async () => (await instances('second')).length === 3);
      const before = await of();
      await work();
      assert.deepEqual(await of(), before);
    };
    const succeed = async (run: ReturnType<TestSystem['up']>) => {
      const { code, output, changed } = await run;
      assert.equal(code, 0, output);
      return services.filter((service) => changed.some((resource) => serviceOf(resource) === service));
    };

    before(async () => {
      system = await createSystem(name, harness);
      writeContractServices(system);
      system.write('stacks/test.yaml', stack());
      await succeed(system.pulumi('config', 'set', '--secret', 'TOKEN', token));
    });
    after(() => system.close());

    test('a service starts when those it references are ready', async () => {
      assert.deepEqual(await succeed(system.up()), services);
      // `second` asks `first` once, at its start, and would have ended without an answer.
      const { firstAnswered } = await ask('second');
      assert.equal(firstAnswered, 'hello');
    });

    test('a second run finds nothing to do', async () => {
      await succeed(system.pulumi('preview', '--expect-no-changes'));
    });

    test('replicas share one address', async () => {
      const replicas = new Set<unknown>();
      await eventually(async () => replicas.add((await ask('second')).replica).size === 3);
      assert.equal((await instances('second')).length, 3);
    });

    test('a secret reaches the service and nothing else', async () => {
      assert.equal((await ask('first')).token, token);
      system.write('stacks/test.yaml', stack({ greeting: 'hello', token: '${{secret.TOKEN}}!' }));
      const { output } = await system.pulumi('preview', '--diff');
      assert.match(output, secretChange);
      system.write('stacks/test.yaml', stack());
      for (const text of [output, system.state()]) assert.ok(!text.includes(token));
    });

    test('only what changed is touched', async () => {
      system.write('stacks/test.yaml', stack({ greeting: 'good day' }));
      await keeps(['second', 'store', 'tick'], async () => {
        assert.deepEqual(await succeed(system.up()), ['first']);
      });
      assert.equal((await ask('first')).greeting, 'good day');
    });

    test('a version that is ready but does not say that it lives leaves the old one serving', async () => {
      const health = { path: '/gone', ready: '/health', timeout: '10s' };
      system.write('stacks/test.yaml', stack({ greeting: 'good night', health }));
      const greetings = new Set<unknown>();
      let updating = true;
      const load = (async () => {
        while (updating) greetings.add((await ask('first')).greeting);
      })();
      const { code, output } = await system.up();
      updating = false;
      await load;
      assert.notEqual(code, 0, output);
      assert.deepEqual([...greetings], ['good day']);
      system.write('stacks/test.yaml', stack({ greeting: 'good day' }));
      await succeed(system.up());
      assert.equal((await ask('first')).greeting, 'good day');
    });

    test('preDeploy runs once per artifact', async () => {
      assert.equal((await ask('second', '/prepared')).count, 1);
      writeContractServices(system, { version: '2' });
      await succeed(system.up());
      assert.equal((await ask('second')).version, '2');
      assert.equal((await ask('second', '/prepared')).count, 2);
    });

    test('a preDeploy that fails leaves the old version serving', async () => {
      writeContractServices(system, { version: '3', prepareFails: true });
      await keeps(['second'], async () => {
        const { code, output } = await system.up();
        assert.notEqual(code, 0);
        assert.match(output, /preparing goes wrong/);
      });
      assert.equal((await ask('second')).version, '2');
      writeContractServices(system, { version: '4' });
      await succeed(system.up());
      assert.equal((await ask('second')).version, '4');
    });

    test('what was ended outside is found and mended, and nothing else', async () => {
      await harness.remove(system, 'first');
      await keeps(['second', 'store', 'tick'], async () => {
        const preview = await system.pulumi('preview', '--expect-no-changes', ...refreshFlags);
        assert.notEqual(preview.code, 0, 'a preview tells the truth');
        assert.ok(preview.output.split(/\s+/).map(serviceOf).includes('first'));
        assert.deepEqual(await succeed(system.up(...refreshFlags)), ['first']);
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

    test('down ends all and keeps the data', async () => {
      assert.equal((await ask('second', '/prepared')).count, 3);
      await succeed(system.down());
      await assert.rejects(ask('second'));
      await succeed(system.up());
      // Whatever has no record of its own any more runs once again.
      assert.equal((await ask('second', '/prepared')).count, 4);
    });
  });
}
