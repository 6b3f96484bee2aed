import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, test } from 'vitest';
import { eventually } from './testing/eventually.ts';
import { capture } from './command.ts';
import { unless } from './testing/unless.ts';

const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'bootstrap-')));
const bootstrap = join(scratch, 'tools', 'bootstrap.mjs');
const modules = join(scratch, 'node_modules');
afterAll(() => rmSync(scratch, { recursive: true }));

const installed = {
  'node_modules/a': { integrity: '1' },
  'node_modules/b': { integrity: '2', optional: true },
};
const locked = { '': {}, ...installed };

function writeLock(file: string, packages: object): void {
  writeFileSync(file, JSON.stringify({ packages }));
}

mkdirSync(join(scratch, 'tools'));
mkdirSync(join(modules, '.bin'), { recursive: true });
copyFileSync(join(import.meta.dirname, 'bootstrap.mjs'), bootstrap);
mkdirSync(join(scratch, 'tools/package'));
writeFileSync(join(scratch, 'tools/package/build.mjs'), 'export async function buildPackage() {}');
symlinkSync(process.execPath, join(modules, '.bin', 'node'));
writeLock(join(scratch, 'package-lock.json'), locked);
const exit = join(scratch, 'exit.mjs');
writeFileSync(exit, 'process.exit(Number(process.argv[2]));');
writeFileSync(
  join(scratch, 'signal.mjs'),
  `process.on('SIGTERM', () => process.exit(5)); setInterval(() => {}, 1000); console.log('ready');`,
);

const check = async (packages: object) => {
  writeLock(join(modules, '.package-lock.json'), packages);
  return (await capture(process.execPath, [bootstrap, '--check'])).code;
};

test('node_modules is current if it matches the lock file; packages of other platforms may be missing', async () => {
  assert.equal(await check(installed), 0);
  assert.equal(await check({ 'node_modules/a': { integrity: '1' } }), 0);
  assert.equal(await check({ 'node_modules/b': { integrity: '2' } }), 1);
  assert.equal(await check({ ...installed, 'node_modules/a': { integrity: 'other' } }), 1);
  assert.equal(await check({ ...installed, 'node_modules/old': { integrity: '3' } }), 1);
});

test('a record that is truncated anywhere is not current, and causes no crash', async () => {
  const whole = JSON.stringify({ packages: { 'node_modules/a': { integrity: '1' } } });
  for (const text of [
    whole.slice(0, -9),
    '',
    'null',
    '[]',
    '{}',
    '{"packages":null}',
    '{"packages":{"a":null}}',
  ]) {
    writeFileSync(join(modules, '.package-lock.json'), text);
    const { code, problem } = await capture(process.execPath, [bootstrap, '--check']);
    assert.deepEqual([code, problem], [1, ''], text);
  }
});

test('the exit code and signals are passed on', async () => {
  assert.equal(await check(installed), 0);
  const run = (...args: string[]) => capture(process.execPath, [bootstrap, '--run', ...args]);
  assert.equal((await run(exit, '3')).code, 3);
  const child = spawn(process.execPath, [bootstrap, '--run', join(scratch, 'signal.mjs')], { stdio: 'pipe' });
  const ended = once(child, 'exit');
  await once(child.stdout, 'data');
  child.kill('SIGTERM');
  assert.deepEqual(await ended, [5, null]);
});

test('a missing or failed npm is explained', async () => {
  writeLock(join(modules, '.package-lock.json'), {});
  const missing = await capture(process.execPath, [bootstrap, '--run', exit], {
    env: { PATH: '/nonexistent' },
  });
  assert.equal(missing.code, 1);
  assert.match(missing.problem, /npm cannot be started: .*Install Node\.js, which includes npm/);
  const bin = join(scratch, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'npm'), '#!/bin/sh\necho no network >&2\nexit 4\n', { mode: 0o755 });
  const failing = await capture(process.execPath, [bootstrap, '--run', exit], { env: { PATH: bin } });
  assert.equal(failing.code, 1);
  assert.match(failing.problem, /no network\nnpm ci failed with exit code 4/);
});

/** A fake npm that installs on request, and fails if another one is running. */
function fakeNpm(): { bin: string; go: string; calls: string } {
  const [bin, go, calls] = ['fake-bin', 'go', 'calls'].map((name) => join(scratch, name)) as [
    string,
    string,
    string,
  ];
  mkdirSync(bin);
  const script = [
    `echo "$*" >> ${calls}`,
    `until [ -e ${go} ]; do sleep 0.05; done`,
    `cp ${join(scratch, 'package-lock.json')} ${join(modules, '.package-lock.json')}`,
  ];
  writeFileSync(join(bin, 'npm'), `#!/bin/sh\n${script.join('\n')}\n`, { mode: 0o755 });
  return { bin: `${bin}:${process.env['PATH']}`, go, calls };
}

test('a second process waits for a running installation, and installs nothing', async () => {
  writeLock(join(modules, '.package-lock.json'), {});
  const { bin, go, calls } = fakeNpm();
  const start = () => {
    const child = spawn(process.execPath, [bootstrap, '--run', exit, '3'], {
      env: { PATH: bin },
      stdio: 'pipe',
    });
    let told = '';
    child.stderr.on('data', (bytes: Buffer) => (told += bytes.toString()));
    return { ended: once(child, 'exit'), told: () => told };
  };
  const both = [start(), start()];
  // One process installs and the other waits for it.
  await eventually(() => both.some(({ told }) => told().includes('Installing')));
  await eventually(() => both.some(({ told }) => /Waiting for process \d+, which installs/.test(told())));
  writeFileSync(go, '');
  assert.deepEqual(await Promise.all(both.map(({ ended }) => ended)), [
    [3, null],
    [3, null],
  ]);
  assert.equal(readFileSync(calls, 'utf8').trim().split('\n').length, 1);
});

const lack = process.platform === 'linux' ? undefined : 'looks into /proc';

unless(lack).test('an npm ci that the user started is awaited too', async (t) => {
  writeLock(join(modules, '.package-lock.json'), {});
  // npm renames its process to this.
  const script = `process.title = 'npm ci'; setInterval(() => {}, 1000); console.log('ready')`;
  const npm = spawn(process.execPath, ['-e', script], { cwd: scratch, stdio: 'pipe' });
  t.onTestFinished(() => void npm.kill('SIGKILL'));
  await once(npm.stdout, 'data');
  const child = spawn(process.execPath, [bootstrap, '--run', exit, '3'], {
    env: { PATH: '' },
    stdio: 'pipe',
  });
  const ended = once(child, 'exit');
  assert.match(
    String(await once(child.stderr, 'data')),
    new RegExp(`^Waiting for npm \\(process ${npm.pid}\\)`),
  );
  writeLock(join(modules, '.package-lock.json'), installed);
  assert.deepEqual(await ended, [3, null]);
});
