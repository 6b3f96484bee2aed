import assert from 'node:assert/strict';
import { test } from 'vitest';
import { diffInputs } from './diff.ts';

const options = { replaceOn: ['artifact'], ignored: ['folder'] };

test('equal inputs have no difference, regardless of the order of their keys', () => {
  const olds = { a: { x: '1', y: ['2'] }, b: 3 };
  assert.deepEqual(diffInputs(olds, { b: 3, a: { y: ['2'], x: '1' } }, options), []);
});

test('each changed variable is reported on its own', () => {
  const olds = { variables: { LEVEL: 'info', OLD: '1', SAME: '1' } };
  const news = { variables: { LEVEL: 'debug', SAME: '1', NEW: '1' } };
  assert.deepEqual(
    diffInputs(olds, news, options).map(({ path, kind }) => `${kind} ${path}`),
    ['update variables.LEVEL', 'add variables.NEW', 'delete variables.OLD'],
  );
});

test('a name that is not an identifier is written in brackets', () => {
  const [change] = diffInputs({ v: { 'a.b': 1 } }, { v: { 'a.b': 2 } }, options);
  assert.equal(change?.path, 'v["a.b"]');
});

test('lists are compared as a whole', () => {
  const [change] = diffInputs({ commands: ['a'] }, { commands: ['a', 'b'] }, options);
  assert.deepEqual(change, { property: 'commands', path: 'commands', kind: 'update', replace: false });
});

test('some changes replace the resource, and ignored ones are not reported', () => {
  const changes = diffInputs({ artifact: '1', folder: 'a' }, { artifact: '2', folder: 'b' }, options);
  assert.deepEqual(changes, [{ property: 'artifact', path: 'artifact', kind: 'update', replace: true }]);
});
