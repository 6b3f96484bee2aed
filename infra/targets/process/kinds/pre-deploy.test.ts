import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'vitest';
import type { ServiceError } from '@grpc/grpc-js';
import { eventually } from '../../../../tools/testing/eventually.ts';
import { environmentPaths, servicePaths } from '../../../supervisor/paths.ts';
import { listFailed } from '../../../supervisor/failed.ts';
import { isAlive, startTimeOf } from '../../../common/process-identity.ts';
import { environment, startPlugin, temporaryRoot, urn } from '../testing/plugin.ts';

const api = urn('PreDeploy', 'api');

function preDeployInputs(root: string, changes: object) {
  const values = {
    ...{ root, environment, name: 'api', artifact: 'aa11', folder: root, host: '127.0.0.1' },
    variables: { DATABASE_URL: 'postgres://db' },
    commands: ['true'],
    ...changes,
  };
  return { values, secrets: [] };
}

test('commands run in order with the variables, and the log contains their output', async (t) => {
  const plugin = await startPlugin(t);
  const root = temporaryRoot(t);
  const commands = ['echo "$DATABASE_URL" > first; echo one', 'cat first; echo two >&2'];
  await plugin.create(api, preDeployInputs(root, { commands }));
  const { log } = servicePaths({ root, environment, name: 'api' });
  const lines = readFileSync(log, 'utf8').trim().split('\n');
  const withoutTime = lines.map((line) => line.slice(line.indexOf(' ') + 1));
  assert.deepEqual(withoutTime.toSorted(), [
    'api-predeploy one',
    'api-predeploy postgres://db',
    'api-predeploy two',
  ]);
});

test('preDeploy runs again only for a changed artifact or command', async (t) => {
  const plugin = await startPlugin(t);
  const olds = preDeployInputs('/clone', {});
  const replaces = async (changes: object) =>
    (await plugin.diff(api, olds, preDeployInputs('/clone', changes))).getReplacesList();
  assert.deepEqual(await replaces({ artifact: 'bb22', folder: '/elsewhere' }), ['artifact']);
  assert.deepEqual(await replaces({ commands: ['false'] }), ['commands']);
  const same = await plugin.diff(api, olds, preDeployInputs('/clone', { variables: { OTHER: '1' } }));
  assert.deepEqual(same.getDiffsList(), []);
});

test('a failure shows the last 20 lines and skips the remaining commands', async (t) => {
  const plugin = await startPlugin(t);
  const root = temporaryRoot(t);
  const commands = ['seq 1 30; exit 3', 'touch never'];
  await assert.rejects(
    plugin.create(api, preDeployInputs(root, { commands })),
    ({ details }: ServiceError) => {
      assert.match(details, /`seq 1 30; exit 3`, ended with exit code 3/);
      assert.match(details, /\n {2}11\n {2}12\n[^]*\n {2}30\n/);
      assert.doesNotMatch(details, /\n {2}10\n/);
      assert.match(details, /\nNext: npx --no -- railhead logs api -s test$/m);
      return true;
    },
  );
  assert.ok(!existsSync(join(root, 'never')));
  const [failed] = listFailed(environmentPaths(root, environment).services);
  assert.equal(failed?.failure.reason, 'preDeploy of api, `seq 1 30; exit 3`, ended with exit code 3');
});

test('a service that runs once is named in its log and its failure, which its success removes', async (t) => {
  const plugin = await startPlugin(t);
  const root = temporaryRoot(t);
  const run = (command: string) =>
    plugin.create(api, preDeployInputs(root, { commands: [command], isService: true }));
  const { services } = environmentPaths(root, environment);
  await assert.rejects(run('echo bad; exit 3'), ({ details }: ServiceError) => {
    assert.match(
      details,
      /^api, `echo bad; exit 3`, ended with exit code 3\. The services that wait for it are/m,
    );
    return true;
  });
  assert.deepEqual(
    listFailed(services).map(({ name }) => name),
    ['api'],
  );
  await run('echo good');
  assert.deepEqual(listFailed(services), []);
  const { log } = servicePaths({ root, environment, name: 'api' });
  assert.match(readFileSync(log, 'utf8'), /^\S+ api bad\n\S+ api good\n$/);
});

test('cancel ends the command and its child processes', async (t) => {
  const plugin = await startPlugin(t);
  const root = temporaryRoot(t);
  const running = plugin.create(
    api,
    preDeployInputs(root, { commands: ['sleep 1000 & echo $! > pid; wait'] }),
  );
  const failed = assert.rejects(running, /was cancelled/);
  const pid = await eventually(
    () => existsSync(join(root, 'pid')) && Number(readFileSync(join(root, 'pid'), 'utf8')),
  );
  const startTime = startTimeOf(pid);
  assert.ok(startTime);
  await plugin.cancel();
  await failed;
  await eventually(() => !isAlive({ pid, startTime }));
});

test('a command that outlived its provider is ended before it runs again', async (t) => {
  const root = temporaryRoot(t);
  const first = await startPlugin(t);
  const inputs = preDeployInputs(root, { commands: ['test -e pid || { echo $$ > pid; exec sleep 1000; }'] });
  const lost = assert.rejects(first.create(api, inputs));
  const pid = await eventually(
    () => existsSync(join(root, 'pid')) && Number(readFileSync(join(root, 'pid'), 'utf8')),
  );
  const startTime = startTimeOf(pid) ?? '';
  await first.kill();
  await lost;
  assert.ok(isAlive({ pid, startTime }));
  const second = await startPlugin(t);
  await second.create(api, inputs);
  assert.ok(!isAlive({ pid, startTime }));
});
