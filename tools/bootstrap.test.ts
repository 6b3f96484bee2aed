import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { capture } from './command.ts';

const scratch = mkdtempSync(join(tmpdir(), 'bootstrap-'));
const bootstrap = join(scratch, 'tools', 'bootstrap.mjs');
const modules = join(scratch, 'node_modules');
after(() => rmSync(scratch, { recursive: true }));

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
symlinkSync(process.execPath, join(modules, '.bin', 'node'));
writeLock(join(scratch, 'package-lock.json'), locked);
writeFileSync(join(scratch, 'exit.mjs'), 'process.exit(Number(process.argv[2]));');
writeFileSync(
  join(scratch, 'signal.mjs'),
  `process.on('SIGTERM', () => process.exit(5)); setInterval(() => {}, 1000); console.log('ready');`,
);

const check = async (packages: object) => {
  writeLock(join(modules, '.package-lock.json'), packages);
  return (await capture(process.execPath, [bootstrap, '--check'])).code;
};

test('node_modules is current when it holds what the lock names; other platforms may lack', async () => {
  assert.equal(await check(installed), 0);
  assert.equal(await check({ 'node_modules/a': { integrity: '1' } }), 0);
  assert.equal(await check({ 'node_modules/b': { integrity: '2' } }), 1);
  assert.equal(await check({ ...installed, 'node_modules/a': { integrity: 'other' } }), 1);
  assert.equal(await check({ ...installed, 'node_modules/old': { integrity: '3' } }), 1);
});

test('the exit code and signals pass through', async () => {
  assert.equal(await check(installed), 0);
  const run = (...args: string[]) => capture(process.execPath, [bootstrap, '--run', ...args]);
  assert.equal((await run(join(scratch, 'exit.mjs'), '3')).code, 3);
  const child = spawn(process.execPath, [bootstrap, '--run', join(scratch, 'signal.mjs')], { stdio: 'pipe' });
  const ended = once(child, 'exit');
  await once(child.stdout, 'data');
  child.kill('SIGTERM');
  assert.deepEqual(await ended, [5, null]);
});

test('without npm, or when it fails, it is said in words', async () => {
  writeLock(join(modules, '.package-lock.json'), {});
  const missing = await capture(process.execPath, [bootstrap, 'up'], { env: { PATH: '/nonexistent' } });
  assert.equal(missing.code, 1);
  assert.match(missing.problem, /npm is needed and comes with Node\.js/);
  const bin = join(scratch, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'npm'), '#!/bin/sh\necho no network >&2\nexit 4\n', { mode: 0o755 });
  const failing = await capture(process.execPath, [bootstrap, 'up'], { env: { PATH: bin } });
  assert.equal(failing.code, 1);
  assert.match(failing.problem, /no network\nnpm ci failed with exit code 4/);
});
