import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { test, type TestContext } from 'vitest';
import { kubectl, lacksCluster } from '../../tests/kubernetes/cluster.ts';
import { lacksPlugin, linkPlugin } from '../../tools/testing/plugins.ts';
import { freePort } from '../../tests/servers.ts';
import { capture } from '../../tools/command.ts';
import { UserError } from '../../tools/user-error.ts';
import { historyDocumentSchema } from '../delivery/history/document.ts';
import { localImage } from '../data/testing/docker.ts';
import { containersOf, docker } from '../targets/docker/testing/daemon.ts';
import { environmentPaths, sharedDataFolder } from '../supervisor/paths.ts';
import { listWorkloads } from '../supervisor/workloads.ts';
import { lacksEngine } from '../targets/testing/system.ts';
import { askToRemove } from './down-data.ts';
import { makeClone } from './testing.ts';
import { unless } from '../../tools/testing/unless.ts';

const environment = 'data';
const lacking = await lacksEngine();

/** Creates a clone, starts a stack with one Redis on the target, and returns functions that run commands in the clone. */
async function runningClone(t: TestContext, target: string) {
  const clone = makeClone(t);
  const name = `down-${randomBytes(3).toString('hex')}`;
  const cache = {
    type: 'redis',
    version: '7',
    storage: '64Mi',
    ...(target === 'process' && { port: await freePort() }),
  };
  const project = {
    name: 'railhead',
    main: 'infra/index.ts',
    runtime: { name: 'nodejs', options: { typescript: false } },
  };
  const plugins = { providers: [{ name: 'railhead', path: 'dist/plugin' }] };
  const config = { 'railhead:stackFile': 'stacks/test.yaml', 'railhead:target': target };
  mkdirSync(join(clone, 'stacks'));
  const write = (file: string, content: object) => writeFileSync(join(clone, file), JSON.stringify(content));
  write('Pulumi.yaml', { ...project, plugins });
  write(`Pulumi.${environment}.yaml`, { config });
  // The image of the server is a tag, which the policy of other stages refuses.
  const policy = { stage: 'development' };
  const nameStack = (stack: string) =>
    write('stacks/test.yaml', { name: stack, policy, services: { cache } });
  nameStack(name);
  if (target !== 'process') linkPlugin(clone, target);
  const env = { ...process.env, PULUMI_CONFIG_PASSPHRASE: 'test' };
  const railhead = async (command: string, ...flags: string[]) => {
    const args = [join(clone, 'dist/railhead.js'), command, '-s', environment, ...flags];
    const { code, stdout, problem } = await capture(process.execPath, args, { cwd: clone, env });
    return { code, output: `${stdout}\n${problem}` };
  };
  // Runs before makeClone removes the folder.
  t.onTestFinished(async () => void (await railhead('down', '--data', '--yes')));
  const up = async () => {
    const { code, output } = await railhead('up');
    assert.equal(code, 0, output);
  };
  await up();
  return { clone, name, nameStack, railhead, up };
}

/** How to inspect the system on its target: whether it runs, and whether its data exist. */
interface Looks {
  runs: () => boolean | Promise<boolean>;
  isKept: () => boolean | Promise<boolean>;
  /** Matches the line that names the data in the output. */
  named: RegExp;
}

async function keepsAndRemoves(
  { name, nameStack, railhead, up }: Awaited<ReturnType<typeof runningClone>>,
  { runs, isKept, named }: Looks,
): Promise<void> {
  const refused = await railhead('down', '--data');
  assert.equal(refused.code, 1, refused.output);
  assert.match(refused.output, named);
  const previewed = await railhead('down', '--data', '--yes', '--preview-only');
  assert.equal(previewed.code, 1, previewed.output);
  assert.match(previewed.output, /accepts no Pulumi flags: --preview-only/);
  assert.match(refused.output, /nothing was touched/);
  assert.match(refused.output, /npm run down -- -s data --data --yes/);
  assert.ok(await runs());
  assert.ok(await isKept());

  const kept = await railhead('down');
  assert.equal(kept.code, 0, kept.output);
  assert.match(kept.output, named);
  assert.match(kept.output, /npm run down -- -s data --data$/m);
  assert.ok(!(await runs()));
  assert.ok(await isKept());

  nameStack(`${name}-new`);
  const renamed = await railhead('up');
  assert.notEqual(renamed.code, 0, renamed.output);
  assert.match(renamed.output, new RegExp(`data are kept under "${name}"`));
  nameStack(name);
  await up();
  for (const isThere of [true, false]) {
    const removed = await railhead('down', '--data', '--yes');
    assert.equal(removed.code, 0, removed.output);
    assert.equal(named.test(removed.output), isThere, removed.output);
    assert.ok(!(await runs()));
    assert.ok(!(await isKept()));
  }
  const history = await railhead('history', '--json');
  const { updates } = historyDocumentSchema.parse(JSON.parse(history.output));
  assert.deepEqual(
    updates.filter(({ command }) => command === 'down').map(({ result, data }) => [result, data]),
    [
      ['succeeded', true],
      ['succeeded', true],
      ['succeeded', undefined],
    ],
  );
}

unless(lacking).test('down --data on processes names the data, asks, and removes them', async (t) => {
  const system = await runningClone(t, 'process');
  const { services, data } = environmentPaths(system.clone, environment);
  await keepsAndRemoves(system, {
    runs: () => listWorkloads(services).some(({ status }) => status !== undefined),
    isKept: () =>
      existsSync(join(data, 'cache')) ||
      existsSync(join(sharedDataFolder(system.clone, environment), 'cache')),
    named: /cache +.*\/cache, \d+(\.\d)? [KM]iB$/m,
  });
});

unless(lacking ?? lacksPlugin('docker') ?? localImage('redis:7').lack).test(
  'down --data on Docker removes the volumes of this environment only, also after an earlier down',
  async (t) => {
    const system = await runningClone(t, 'docker');
    const { name } = system;
    const volume = `${name}-${environment}-cache`;
    const volumes = () => docker('volume', 'ls', '--quiet').split('\n');
    docker(
      'volume',
      'create',
      '--label',
      `railhead.stack=${name}`,
      '--label',
      'railhead.environment=other',
      `${name}-other`,
    );
    t.onTestFinished(() => void docker('volume', 'rm', '--force', `${name}-other`));
    await keepsAndRemoves(system, {
      runs: () => containersOf({ stack: name, environment }).length > 0,
      isKept: () => volumes().includes(volume),
      named: new RegExp(`cache +volume ${volume}$`, 'm'),
    });
    assert.ok(volumes().includes(`${name}-other`));

    // The state records the name that the stack had at its last up.
    await system.up();
    writeFileSync(
      join(system.clone, 'stacks/test.yaml'),
      JSON.stringify({ name: `${name}-new`, services: {} }),
    );
    assert.equal((await system.railhead('down', '--data', '--yes')).code, 0);
    assert.ok(!volumes().includes(volume));
  },
);

unless(lacking ?? lacksPlugin('kubernetes') ?? (await lacksCluster())).test(
  'down --data on Kubernetes removes the protected claims and the namespace',
  async (t) => {
    const system = await runningClone(t, 'kubernetes');
    const namespace = `${system.name}-${environment}`;
    const names = (...args: string[]) => kubectl('get', '--output=name', '--ignore-not-found', ...args);
    await keepsAndRemoves(system, {
      runs: async () => (await names('pods', `--namespace=${namespace}`)) !== '',
      isKept: async () =>
        (await names(`namespace/${namespace}`)) !== '' &&
        (await names('pvc/cache', `--namespace=${namespace}`)) !== '',
      named: new RegExp(`cache +claim cache in ${namespace}, 64Mi$`, 'm'),
    });
    assert.equal(await names(`namespace/${namespace}`), '');
  },
);

test('data are removed only after a yes: not after another answer or a closed terminal', async () => {
  const answer = (text: string) => {
    const input = new PassThrough();
    input.end(text);
    return askToRemove({ input, output: new PassThrough() });
  };
  await answer('yes\n');
  for (const text of ['no\n', 'y\n', '\n', '']) await assert.rejects(answer(text), UserError);
});
