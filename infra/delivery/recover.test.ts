import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, test } from 'vitest';
import { eventually } from '../../tools/testing/eventually.ts';
import {
  createSystem,
  environment,
  fail,
  lacksEngine,
  succeed,
  type TestSystem,
} from '../targets/testing/system.ts';
import { servicePaths } from '../supervisor/paths.ts';
import { readWorkload } from '../supervisor/control.ts';
import { recover } from './recover.ts';
import { unless } from '../../tools/testing/unless.ts';

// A service that is ready once the file GO exists, so that the test can kill a run before.
const slow = `
import { createServer } from 'node:http';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
while (!existsSync(process.env.GO!)) await sleep(20);
createServer((_, response) => response.end()).listen(Number(process.env.PORT), process.env.HOST);
`;

// A project has any name.
const project = 'their-shop';

unless(await lacksEngine()).describe('recover', () => {
  let system: TestSystem;
  const state = (path: string) => join(system.root, '.railhead/state/.pulumi', path);
  const locks = () => state(`locks/organization/${project}/${environment}`);
  const workload = () => servicePaths({ root: system.root, environment, name: 'slow' }).workload;
  const runRecover = () =>
    recover(
      {
        backend: `file://${join(system.root, '.railhead/state')}`,
        project,
        read: async (args) => {
          const { code, output } = await system.pulumi(...args);
          return { code, stdout: output, problem: '' };
        },
      },
      { name: environment, target: 'process' },
    );

  beforeAll(async () => {
    system = await createSystem('process', { project });
    system.write('services/slow/main.ts', slow);
    const health = { path: '/', timeout: '2m' };
    const variables = { GO: join(system.root, 'go') };
    const service = { source: 'services/slow', port: 4001, health, variables };
    system.write('stacks/test.yaml', { name: 'recover', services: { slow: service } });
  });
  afterAll(() => system.close());

  test('the run after a killed run adopts the running replicas', async () => {
    const hit = system.up();
    await eventually(() => readWorkload(workload())?.replicas.some(({ pid }) => pid > 0));
    const [lock = ''] = readdirSync(locks()).filter((name) => name.endsWith('.json'));
    const { pid } = JSON.parse(readFileSync(join(locks(), lock), 'utf8')) as { pid: number };
    process.kill(pid, 'SIGKILL');
    await hit;
    system.write('go', '');
    const replicas = readWorkload(workload())?.replicas.map((replica) => replica.pid);
    // The lock stays.
    await fail(system.up());

    const done = (await runRecover())?.join('\n');
    assert.match(done ?? '', /Removed the lock .*\nCreating slow was interrupted/);
    assert.ok(!existsSync(join(locks(), lock)));
    assert.deepEqual(await runRecover(), [], 'a second recovery does nothing');

    await succeed(system.up());
    assert.deepEqual(
      readWorkload(workload())?.replicas.map((replica) => replica.pid),
      replicas,
    );
    await succeed(system.pulumi('preview', '--expect-no-changes'));
  });

  test('a truncated state is restored, and up succeeds', async () => {
    writeFileSync(state(`stacks/${project}/${environment}.json`), system.state().slice(0, 1000));
    assert.match((await runRecover())?.join() ?? '', /The state was damaged; restored it from/);
    await succeed(system.up());
  });
});
