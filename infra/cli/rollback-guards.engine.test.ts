import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, test } from 'vitest';
import { capture } from '../../tools/command.ts';
import { unless } from '../../tools/testing/unless.ts';
import { loadRelease } from '../releases/load.ts';
import { lacksEngine } from '../targets/testing/system.ts';
import { openClone, railhead, spawnRailhead, succeed } from './testing.ts';

unless(await lacksEngine()).describe('the guards of a rollback', () => {
  const { root, write, git, close } = openClone();
  afterAll(close);
  const setToken = (value: string) =>
    succeed(railhead(root, 'pulumi', 'config', 'set', '--secret', 'railhead:TOKEN', value));
  const rollback = (...args: string[]) => railhead(root, 'rollback', 'dev', '--yes', '--to', '1', ...args);
  const token = async () =>
    (await succeed(railhead(root, 'pulumi', 'config', 'get', 'railhead:TOKEN'))).output.trim();
  const files = () =>
    ['Pulumi.dev.yaml', 'releases/dev.yaml'].map((path) => {
      try {
        return readFileSync(join(root, path), 'utf8');
      } catch {
        return undefined;
      }
    });
  const refuses = async (pattern: RegExp, ...args: string[]) => {
    const before = files();
    const { code, errors, output } = await rollback(...args);
    assert.equal(code, 1, output);
    assert.match(errors, pattern);
    assert.match(errors, /nothing was changed/i);
    assert.deepEqual(files(), before);
  };
  /** Deploys a job with this text and commits the files as they are then. */
  const deploy = async (text: string) => {
    write('job/main.ts', `console.log('${text}');\n`);
    await git('add', '--all');
    await git('commit', '-q', '-m', text);
    await succeed(railhead(root, 'up'));
  };

  beforeAll(async () => {
    write('.gitignore', 'node_modules\n.railhead\ndist\ninfra\ntools\npackage.json\n');
    write(
      'Pulumi.dev.yaml',
      'config:\n  railhead:stackFile: stacks/shop.yaml\n  railhead:target: process\n  railhead:ownMachine: true\n  their-shop:level: info\n',
    );
    write(
      'stacks/shop.yaml',
      'name: shop\nservices:\n  job: { source: job, cron: 0 0 31 12 *, variables: { TOKEN: "${{secret.TOKEN}}" } }\n',
    );
    await git('init', '-q');
    await setToken('canary-one');
    await deploy('one');
    await setToken('canary-two');
    await succeed(railhead(root, 'pulumi', 'config', 'set', 'their-shop:level', 'debug'));
    await deploy('two');
  });

  test('an altered artifact, a value that cannot be restored and an unknown number are refused', async () => {
    const { output } = await succeed(railhead(root, 'history', '1', '--json'));
    const digest = /"content": "sha256:(\w+)"/.exec(output)?.[1] ?? assert.fail(output);
    const { stdout } = await succeed(
      capture('find', ['.railhead/store', '-name', `*${digest}*`], { cwd: root }),
    );
    const object = join(root, stdout.trim());
    const whole = readFileSync(object);
    writeFileSync(object, 'altered');
    await refuses(/job: .* is damaged: its digest is /);
    rmSync(object);
    await refuses(/job: .* does not have its content/);
    writeFileSync(object, whole);
    await refuses(
      /OTHER: its former value cannot be restored: #1 of dev does not use it/,
      '--with-secrets',
      'OTHER',
    );
    const unknown = await railhead(root, 'rollback', 'dev', '--yes', '--to', '9');
    assert.match(unknown.errors, /^dev has no update #9/);
    const unasked = await railhead(root, 'rollback', 'dev');
    assert.match(unasked.errors, /no terminal to ask on, so nothing was changed/);
  });

  test('while an update of another clone runs, no file is changed', async () => {
    const folder = '.railhead/store/records/history/dev';
    const last = JSON.parse(readFileSync(join(root, folder, '2.json'), 'utf8')) as object;
    const writer = { host: 'elsewhere', pid: 1, startTime: 'x' };
    const record = `${folder}/3.json`;
    write(record, JSON.stringify({ ...last, number: 3, writer, ending: undefined }));
    await refuses(/^`up` #3 of dev by .* has not ended \(pid 1 on elsewhere, .*\), so nothing was changed/i);
    rmSync(join(root, record));
  });

  test('a secret that is gone is refused, and one that was rotated stays unless it is named', async () => {
    const settings = readFileSync(join(root, 'Pulumi.dev.yaml'), 'utf8');
    write('Pulumi.dev.yaml', settings.replace(/ {2}railhead:TOKEN:\n.*\n/, ''));
    await refuses(/TOKEN: #1 of dev needs this secret, and it has no value now/);
    write('Pulumi.dev.yaml', settings);

    const kept = await succeed(rollback());
    assert.match(kept.output, /^These secrets have changed since #1 and stay as they are: TOKEN$/m);
    assert.match(kept.output, /^This config is restored: their-shop:level$/m);
    assert.doesNotMatch(`${kept.output}${kept.errors}`, /canary/);
    assert.equal(await token(), 'canary-two');
    assert.equal(loadRelease('dev', root)?.release.rollback?.to, 1);

    const restored = await succeed(rollback('--with-secrets', 'TOKEN'));
    assert.match(restored.output, /^These secrets get their former value: TOKEN$/m);
    assert.equal(await token(), 'canary-one');
  });

  test('after kill -9 the next command ends healthy, and the files are those of one release', async () => {
    for (const moment of [1500, 4000, 7000]) {
      await git('checkout', '-q', '--', '.');
      await git('clean', '-q', '-f', 'releases');
      await succeed(railhead(root, 'up'));
      const before = files();
      const child = spawnRailhead(root, 'rollback', 'dev', '--yes', '--to', '1');
      const ended = once(child, 'exit');
      // The moment of the kill is what this test varies.
      await Promise.race([sleep(moment), ended]);
      child.kill('SIGKILL');
      await ended;
      await succeed(railhead(root, 'up', '--wait'));
      const [settings, release] = files();
      if (release === undefined) assert.deepEqual([settings, release], before);
      else assert.equal(loadRelease('dev', root)?.release.rollback?.to, 1);
      await succeed(railhead(root, 'preview'));
    }
  });
});
