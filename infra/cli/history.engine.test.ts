import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, globSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'vitest';
import { eventually } from '../../tools/testing/eventually.ts';
import { unless } from '../../tools/testing/unless.ts';
import { freePort } from '../../tests/servers.ts';
import { historyDocumentSchema } from '../delivery/history/document.ts';
import { record } from '../delivery/history/testing.ts';
import { lacksEngine } from '../targets/testing/system.ts';
import { openClone, project, railhead, spawnRailhead, succeed } from './testing.ts';

const canary = 'canary-90e7ab11';
const plain = 'canary-4f2b77c0';

const environmentFile = (store = '') => `config:
  railhead:stackFile: stacks/test.yaml
  railhead:target: process
  railhead:ownMachine: true
  railhead:PLAIN: ${plain}
  shop:size: 3
  shop:pool: { hosts: [a] }
${store}`;

/** A service that is ready once the file GO exists. */
const slow = `
import { createServer } from 'node:http';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
while (!existsSync(process.env.GO!)) await sleep(20);
createServer((_, response) => response.end()).listen(Number(process.env.PORT), process.env.HOST);
`;

const base = JSON.stringify({
  name: 'shop',
  services: {
    job: {
      ...{ source: 'job', cron: '0 0 31 12 *' },
      variables: { TOKEN: '${{secret.TOKEN}}', PLAIN: '${{secret.PLAIN}}' },
    },
  },
});
const overlay = (services: object) => JSON.stringify({ extends: 'base.yaml', services });

unless(await lacksEngine()).test(
  'the history has each update, also a failed and a killed one, without secrets',
  async (t) => {
    const { root, write, git, close } = openClone();
    t.onTestFinished(close);
    write('Pulumi.dev.yaml', environmentFile());
    write('stacks/base.yaml', base);
    write('stacks/test.yaml', overlay({}));
    write('job/main.ts', '');
    await succeed(railhead(root, 'pulumi', 'config', 'set', '--secret', 'railhead:TOKEN', canary));
    await git('init', '-q');
    await git('commit', '-q', '--allow-empty', '-m', 'Open the shop');
    const empty = await succeed(railhead(root, 'history'));
    assert.match(empty.output, /^dev has no history in .*: it begins with the next npm run up -- -s dev$/m);
    const history = async () => {
      const { output } = await succeed(railhead(root, 'history', '--json'));
      return historyDocumentSchema
        .parse(JSON.parse(output))
        .updates.map(({ number, result, command, ending }) => [
          ...[number, command, result],
          ending?.changes.map(({ service, change }) => `${service} ${change}`).join(),
        ]);
    };

    await succeed(railhead(root, 'up'));
    const port = await freePort();
    const waits = (changes: object = {}) =>
      overlay({
        api: {
          source: 'api',
          port,
          health: { path: '/', timeout: '5m' },
          variables: { GO: join(root, 'go') },
          ...changes,
        },
      });
    write('api/main.ts', 'process.exit(3);');
    write('stacks/test.yaml', waits({ restart: { policy: 'never' } }));
    assert.equal((await railhead(root, 'up')).code, 1);

    write('api/main.ts', slow);
    const killed = spawnRailhead(root, 'up');
    const locks = join(root, '.railhead/state/.pulumi/locks/organization', project, 'dev');
    const engine = await eventually(() => {
      const [lock] = existsSync(locks) ? readdirSync(locks).filter((name) => name.endsWith('.json')) : [];
      return lock && (JSON.parse(readFileSync(join(locks, lock), 'utf8')) as { pid: number }).pid;
    });
    assert.deepEqual((await history())[0], [3, 'up', 'running', undefined]);
    killed.kill('SIGKILL');
    process.kill(engine, 'SIGKILL');
    await once(killed, 'exit');
    assert.deepEqual((await history())[0], [3, 'up', 'interrupted', undefined]);

    write('go', '');
    await succeed(railhead(root, 'up', '--message', 'by hand', '-c', 'shop:size=4'));
    rmSync(join(root, 'go'));
    write('api/main.ts', `${slow}// another version`);
    const stopped = spawnRailhead(root, 'up');
    let said = '';
    stopped.stdout.on('data', (bytes: Buffer) => (said += String(bytes)));
    await eventually(() => /api: .*starting/.test(said));
    stopped.kill('SIGTERM');
    await once(stopped, 'exit');
    assert.deepEqual((await history())[0], [5, 'up', 'interrupted', 'api changed']);

    await succeed(railhead(root, 'down'));
    assert.deepEqual(await history(), [
      [6, 'down', 'succeeded', 'api removed,job removed'],
      [5, 'up', 'interrupted', 'api changed'],
      [4, 'up', 'succeeded', 'api changed'],
      [3, 'up', 'interrupted', ''],
      [2, 'up', 'failed', 'api new'],
      [1, 'up', 'succeeded', 'job new'],
    ]);

    const { output } = await succeed(railhead(root, 'history', '1', '--json'));
    const [first] = historyDocumentSchema.parse(JSON.parse(output)).updates;
    assert.ok(first);
    const { declared, release, commit, ending, result } = first;
    assert.equal(result, 'succeeded');
    assert.deepEqual(declared, {
      stackFile: 'stacks/test.yaml',
      files: { 'stacks/test.yaml': overlay({}), 'stacks/base.yaml': base },
      config: {
        'railhead:stackFile': 'stacks/test.yaml',
        'railhead:target': 'process',
        'railhead:ownMachine': 'true',
        'shop:size': '3',
        'shop:pool': '{"hosts":["a"]}',
      },
      secrets: ['PLAIN', 'TOKEN'],
    });
    assert.match(release?.['job']?.hash ?? '', /^[0-9a-f]{16}$/);
    assert.equal(commit?.subject, 'Open the shop');
    assert.deepEqual(Object.keys(ending?.fingerprints ?? {}), ['secret.PLAIN', 'secret.TOKEN']);
    for (const file of globSync('.railhead/store/**/*.json', { cwd: root })) {
      assert.doesNotMatch(readFileSync(join(root, file), 'utf8'), new RegExp(`${canary}|${plain}`), file);
    }

    const engineHistory = await succeed(railhead(root, 'pulumi', 'stack', 'history', '--json'));
    assert.deepEqual(
      (JSON.parse(engineHistory.output) as { message: string }[]).map(({ message }) => message).slice(0, 3),
      ['railhead #6', 'railhead #5', 'by hand'],
    );
    const byHand = await succeed(railhead(root, 'history', '4', '--json'));
    const [fourth] = historyDocumentSchema.parse(JSON.parse(byHand.output)).updates;
    assert.equal(fourth?.declared?.config['shop:size'], '4');
    const detail = await succeed(railhead(root, 'history', '4'));
    assert.match(detail.output, /^#4 of dev: succeeded\n[^]*^api {2,}[0-9a-f]{16} {2,}-/m);
    const missing = await railhead(root, 'history', '7');
    assert.deepEqual([missing.code, /^dev has no update #7 in /.test(missing.errors)], [1, true]);
  },
);

test('`railhead history` names a record that it cannot read, and shows the others', async (t) => {
  const { root, write, close } = openClone();
  t.onTestFinished(close);
  const file = (number: number) => `.railhead/store/records/history/dev/${number}.json`;
  write(file(1), JSON.stringify(record({ number: 1 })));
  write(file(2), '{ "version": 2 }');
  const { output } = await succeed(railhead(root, 'history'));
  const [, shown = '', ...problems] = output.trim().split('\n');
  assert.match(shown, /^1 .* succeeded /);
  const problem = `${join(root, file(2))} is not a record of this version of Railhead.`;
  assert.deepEqual(problems, [`${problem} Update Railhead. If the file is damaged, delete it.`]);
  const json = await succeed(railhead(root, 'history', '--json'));
  const document = historyDocumentSchema.parse(JSON.parse(json.output));
  assert.deepEqual([document.updates.length, document.problems], [1, problems]);
});

unless(await lacksEngine()).test(
  'a store that cannot be written is an error before anything is touched',
  async (t) => {
    const { root, write, close } = openClone();
    t.onTestFinished(close);
    write('Pulumi.dev.yaml', environmentFile('  railhead:store: stacks/base.yaml\n'));
    write('stacks/base.yaml', '');
    write('stacks/test.yaml', base.replaceAll('secret.TOKEN', 'secret.PLAIN'));
    write('job/main.ts', '');
    const { code, errors } = await railhead(root, 'up');
    assert.equal(code, 1);
    assert.match(
      errors,
      /base\.yaml\/records\/history\/dev cannot be read: .*choose another store with railhead:store\.$/m,
    );
    assert.ok(!existsSync(join(root, '.railhead/state/.pulumi')));
  },
);
