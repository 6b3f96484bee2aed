import assert from 'node:assert/strict';
import { test } from 'vitest';
import { isSecret, leavesOf, mapHoles, replaceHoles } from './fill.ts';
import {
  base64,
  configSecret,
  hashText,
  join,
  jsonText,
  outputOf,
  resultOf,
  urlPart,
  type Text,
} from './hole.ts';
import { ResourceList } from './resource.ts';
import { fillTemplate } from './template.ts';
import { valueOf } from './testing/values.ts';

const resources = new ResourceList();
const server = resources.add('db', { token: 'test:index:Server' }, 'db', {});
const password = outputOf(server, 'password', { secret: true });
const id = outputOf(server, 'metadata.uid');
const textOf = (text: Text, leaf = 'x') => valueOf<string>(text, () => leaf);

test('a text without a hole stays a string, and a hole fills every text that it is part of', () => {
  assert.equal(join('a', 'b'), 'ab');
  assert.equal(join(), '');
  const url = join('redis://default:', password, '@db:6379');
  assert.equal(textOf(url, 'p'), 'redis://default:p@db:6379');
  assert.equal(
    textOf(jsonText({ list: [url, 1] }), '"'),
    String.raw`{"list":["redis://default:\"@db:6379",1]}`,
  );
  assert.equal(textOf(base64(join('u:', password)), 'p'), Buffer.from('u:p').toString('base64'));
});

test('a value that looks like a reference is not parsed again', () => {
  const template = ['a ', { kind: 'secret', name: 'X' } as const];
  assert.equal(textOf(fillTemplate(template, () => '${{secret.Y}}')), 'a ${{secret.Y}}');
});

test('a text is secret if a part of it is, except for a hash with a key', () => {
  const secret = [password, configSecret('A'), resultOf({ function: 'f', args: {} }, 'token')];
  for (const hole of secret) {
    assert.equal(isSecret(hole), true);
    assert.equal(isSecret(join('a', hole)), true);
    assert.equal(isSecret(hashText([hole])), true);
    const keyed = hashText([hole], password);
    for (const text of [keyed, join('a', keyed), hashText({ keyed })]) assert.equal(isSecret(text), false);
    assert.equal(isSecret(join(keyed, hole)), true);
  }
  for (const hole of [id, join('a', id), jsonText({ id }), 'text']) assert.equal(isSecret(hole), false);
});

test('a hash changes with every part and with its key, but not with the order of keys', () => {
  const hash = (value: unknown, key?: Text) => textOf(hashText(value, key));
  assert.match(hash({ a: id }), /^[0-9a-f]{16}$/);
  assert.equal(hash({ a: 1, b: id }), hash({ b: id, a: 1 }));
  const different = [
    hash([id, 'a']),
    hash(['a', id]),
    hash([id, 'b']),
    hash([id, 'a'], 'k'),
    hash([id, 'a'], 'l'),
  ];
  assert.equal(new Set(different).size, different.length);
});

test('the parts of a URL are decoded, and a missing part has its default', () => {
  const url = 'postgres://app%40x:p%2Fw@db.example.com/my%20app';
  const part = (name: Parameters<typeof urlPart>[1], otherwise?: string) =>
    textOf(urlPart(configSecret('URL'), name, otherwise), url);
  assert.deepEqual(
    [part('username'), part('password'), part('hostname'), part('port', '5432'), part('path')],
    ['app@x', 'p/w', 'db.example.com', '5432', 'my app'],
  );
});

test('the leaves of a value are those of its holes at any depth', () => {
  const value = { a: [join(id, password)], b: { c: hashText({ d: configSecret('A') }, password) } };
  assert.deepEqual(
    leavesOf(value).map(({ kind }) => kind),
    ['output', 'output', 'secret', 'output'],
  );
});

test('a planned resource has the constants of its type before its own arguments', () => {
  const type = { token: 'test:v1:Kind', constants: { kind: 'Kind' }, secretArgs: ['data'] };
  const { component, name, args, options } = resources.add('api', type, 'api', { data: 'x' });
  assert.deepEqual([component, name, args], ['api', 'api', { kind: 'Kind', data: 'x' }]);
  assert.deepEqual(options.secretArgs, ['data']);
});

test('a program may change its copy of the arguments; only a value that nothing changes shares parts with the plan', () => {
  const args = { labels: { app: 'a' }, env: [{ value: id }] };
  const copy = mapHoles(args, (hole) => hole) as typeof args;
  assert.deepEqual(copy, args);
  assert.notEqual(copy.labels, args.labels);
  const filled = replaceHoles(args, () => 'x') as { labels: object; env: object[] };
  assert.deepEqual(filled, { labels: { app: 'a' }, env: [{ value: 'x' }] });
  assert.equal(filled.labels, args.labels);
});
