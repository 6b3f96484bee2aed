import assert from 'node:assert/strict';
import { test } from 'vitest';
import { parseEvents } from '../state/engine-log.ts';
import { outputsOf } from './outputs.ts';

const report = (type: string, outputs: object | null) => {
  const metadata = { op: 'same', urn: `urn:pulumi:dev::shop::${type}::shop-dev`, type, new: { outputs } };
  return JSON.stringify({ resOutputsEvent: { metadata } });
};
const stack = 'pulumi:pulumi:Stack';
const found = (...lines: string[]) => outputsOf(parseEvents(lines.join('\n')));

test('the outputs of the stack are those of its last report', () => {
  const service = report('railhead:process:Service', { pid: 1 });
  assert.deepEqual(found(report(stack, {}), service, report(stack, { url: 'http://a' }), service), {
    url: 'http://a',
  });
});

test('a secret is shown as [secret], at any depth', () => {
  const secret = {
    '4dabf18193072939515e22adb298388d': '1b47061264138c4ac30d75fd1eb44270',
    ciphertext: '[secret]',
  };
  const outputs = { token: secret, list: [secret, 2], map: { inner: secret, empty: null } };
  assert.deepEqual(found(report(stack, outputs)), {
    token: '[secret]',
    list: ['[secret]', 2],
    map: { inner: '[secret]', empty: null },
  });
});

test('an update that reports no stack, or a stack without outputs, has none', () => {
  assert.equal(found(report('railhead:process:Service', { pid: 1 })), undefined);
  assert.equal(found(report(stack, null)), undefined);
  assert.equal(found(), undefined);
});
