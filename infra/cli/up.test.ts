import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'vitest';
import { eventually } from '../../tools/testing/eventually.ts';
import { freePort } from '../../tests/servers.ts';
import { lacksEngine } from '../targets/testing/system.ts';
import { makeClone, project, railhead, spawnRailhead } from './testing.ts';
import { unless } from '../../tools/testing/unless.ts';

const lack = await lacksEngine();

// A service that is ready once the file GO exists.
const slow = `
import { createServer } from 'node:http';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
while (!existsSync(process.env.GO!)) await sleep(20);
createServer((_, response) => response.end()).listen(Number(process.env.PORT), process.env.HOST);
`;

/** Creates a clone whose environment `dev` has one service. */
function cloneWith(t: TestContext, service: (clone: string) => object, main: string): string {
  const clone = makeClone(t);
  const files = {
    'Pulumi.dev.yaml':
      'config: { railhead:stackFile: stacks/test.yaml, railhead:target: process, railhead:ownMachine: true }\n',
    'stacks/test.yaml': JSON.stringify({
      name: 'slow',
      services: { slow: { source: 'services/slow', ...service(clone) } },
    }),
    'services/slow/main.ts': main,
  };
  for (const folder of ['stacks', 'services/slow']) mkdirSync(join(clone, folder), { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(clone, file), text);
  return clone;
}

/** Creates a clone whose environment `dev` has one service, which waits for the file `go`. */
async function slowClone(t: TestContext): Promise<string> {
  const port = await freePort();
  const health = { path: '/', timeout: '5m' };
  return cloneWith(t, (clone) => ({ port, health, variables: { GO: join(clone, 'go') } }), slow);
}

unless(lack).test('what `up` has built is deployed, also if a file is saved meanwhile', async (t) => {
  const save = (clone: string) => `echo x >> ${clone}/builds && echo >> ${clone}/services/slow/main.ts`;
  const cron = { start: 'node main.ts', cron: '0 0 31 12 *' };
  const clone = cloneWith(t, (root) => ({ ...cron, build: save(root) }), '');
  const { code, errors } = await railhead(clone, 'up');
  assert.equal(code, 0, errors);
  assert.equal(readFileSync(join(clone, 'builds'), 'utf8'), 'x\n', 'the program builds nothing again');
  assert.equal((await railhead(clone, 'down')).code, 0);
});

unless(lack).test('a stack file that is saved during the build is not deployed', async (t) => {
  const save = (clone: string) => `sed -i.old s/31/30/ ${clone}/stacks/test.yaml`;
  const cron = { start: 'node main.ts', cron: '0 0 31 12 *' };
  const clone = cloneWith(t, (root) => ({ ...cron, build: save(root) }), '');
  const refused = await railhead(clone, 'up');
  assert.equal(refused.code, 1);
  assert.match(refused.errors, /The stack file was saved after `up` had read it, so nothing was changed\./);
  const again = await railhead(clone, 'up');
  assert.equal(again.code, 0, again.errors);
  assert.equal((await railhead(clone, 'down')).code, 0);
});

test('a flag cannot replace the stack file that `up` has checked', async (t) => {
  const clone = cloneWith(t, () => ({ cron: '0 0 31 12 *' }), '');
  for (const flags of [
    ['-c', 'railhead:stackFile=stacks/other.yaml'],
    ['--config=railhead:target=docker'],
    ['-crailhead:identity=x'],
  ]) {
    const { code, errors } = await railhead(clone, 'up', ...flags);
    assert.equal(code, 1, flags.join(' '));
    assert.match(errors, /^railhead:\w+ cannot be a flag, .* Nothing was changed\./);
    assert.ok(!existsSync(join(clone, '.railhead/state/.pulumi')));
  }
});

function start(clone: string, ...args: string[]) {
  const child = spawnRailhead(clone, ...args);
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (bytes: Buffer) => (said += String(bytes)));
  return { child, said: () => said, code: once(child, 'close').then(([code]) => code as number | null) };
}

unless(lack).test(
  'of two concurrent first ups and later commands, only one runs; the others name it or wait for it',
  async (t) => {
    const clone = await slowClone(t);
    const both = [start(clone, 'up'), start(clone, 'up')];
    const first = await Promise.race(both.map(async ({ code }, index) => ({ index, code: await code })));
    assert.equal(first.code, 1, both[first.index]?.said());
    const winner = both[1 - first.index];
    assert.ok(winner);
    const refusal = new RegExp(`Another .up. of dev runs \\(pid ${winner.child.pid}, since `);
    assert.match(both[first.index]?.said() ?? '', refusal);

    for (const command of ['up', 'down', 'recover']) {
      const { code, errors } = await railhead(clone, command);
      assert.equal(code, 1);
      assert.match(errors, refusal);
      assert.doesNotMatch(errors, /cancel/);
    }
    const waiting = start(clone, 'up', '--wait');
    await eventually(() => /^Another `up` of dev runs .* Waiting for its end …$/m.test(waiting.said()));
    writeFileSync(join(clone, 'go'), '');
    assert.equal(await winner.code, 0, winner.said());
    assert.equal(await waiting.code, 0, waiting.said());
    assert.match(waiting.said(), /unchanged/);

    // A running plain `pulumi` is reported in the same way, without Pulumi's advice.
    writeFileSync(join(clone, 'services/slow/main.ts'), `${slow}// another version`.replace('GO!', 'NEVER!'));
    const plain = start(clone, 'pulumi', 'up', '--yes', '--skip-preview');
    const locks = join(clone, '.railhead/state/.pulumi/locks/organization', project, 'dev');
    await eventually(() => existsSync(locks) && /updating/i.test(plain.said()));
    const { code, errors } = await railhead(clone, 'down');
    assert.equal(code, 1);
    assert.match(errors, /^Another run of Pulumi changes this stack \(pid \d+, /);
    assert.doesNotMatch(errors, /cancel/);
    plain.child.kill('SIGTERM');
    await plain.code;
    const down = await railhead(clone, 'down', '--wait');
    assert.equal(down.code, 0, down.errors);
  },
);
