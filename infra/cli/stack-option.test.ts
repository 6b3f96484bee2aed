import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { takeStack } from './stack-option.ts';

const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,9}$/);

test('every spelling of the option is understood, and the rest stays in order', () => {
  fc.assert(
    fc.property(word, fc.array(word), fc.array(word), fc.nat(4), (stack, before, after, form) => {
      const spelled =
        [['-s', stack], ['--stack', stack], [`--stack=${stack}`], [`-s${stack}`], [`-s=${stack}`]][form] ??
        [];
      assert.deepEqual(takeStack([...before, ...spelled, ...after]), { stack, rest: [...before, ...after] });
    }),
  );
});

test('other options and what follows -- are left alone', () => {
  for (const args of [
    [],
    ['--show-sames'],
    ['--stacks', 'x'],
    ['logs', '--', '-s', 'prod'],
    ['--skip-preview'],
  ]) {
    assert.deepEqual(takeStack(args), { stack: undefined, rest: args });
  }
});

test('an option without a value is not the default environment', () => {
  for (const args of [['-s'], ['--stack'], ['--stack='], ['-s=']]) {
    assert.deepEqual(takeStack(args), { stack: '', rest: [] });
  }
});
