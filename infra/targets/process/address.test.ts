import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext } from 'vitest';
import { loopbackAddress } from './address.ts';
import { unless } from '../../../tools/testing/unless.ts';

const lack = process.platform === 'linux' ? undefined : 'other systems accept 127.0.0.1 only';

unless(lack).test('each clone and environment has its own address, also through a symbolic link', (t) => {
  const folder = temporaryFolder(t);
  mkdirSync(join(folder, 'one'));
  mkdirSync(join(folder, 'two'));
  symlinkSync(join(folder, 'one'), join(folder, 'link'));
  const addresses = ['one', 'two', 'link'].map((name) => loopbackAddress(join(folder, name), 'dev'));
  assert.equal(addresses[2], addresses[0]);
  const others = [addresses[1], loopbackAddress(join(folder, 'one'), 'staging')];
  assert.equal(new Set([addresses[0], ...others]).size, 3);
});

unless(lack).test('every address is in the range reserved for clones', (t) => {
  const folder = temporaryFolder(t);
  for (let index = 0; index < 1000; index++) {
    const [first, second, third, last] = loopbackAddress(folder, `e${index}`).split('.').map(Number);
    assert.ok(first === 127 && last === 1 && second! >= 16 && second! <= 254 && third! >= 0 && third! <= 255);
  }
});

function temporaryFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'railhead-address-'));
  t.onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}
