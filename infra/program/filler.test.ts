import assert from 'node:assert/strict';
import { isSecret, output, secret } from '@pulumi/pulumi/output.js';
import type { CustomResource } from '@pulumi/pulumi/resource.js';
import { test } from 'vitest';
import { configSecret, hashText, join, jsonText, outputOf } from '../plan/hole.ts';
import { ResourceList } from '../plan/resource.ts';
import { createFiller } from './filler.ts';

const filled = createFiller(
  () => assert.fail('the texts have no outputs of resources'),
  (name) => secret(`value of ${name}`),
  (name) => output(`passed ${name}`),
);

test('an Output is secret if a part of its text is, except for a hash with a key', async () => {
  const token = configSecret('TOKEN');
  const revision = hashText([token], configSecret('KEY'));
  for (const text of [
    token,
    join('a', token),
    jsonText({ token }),
    hashText([token]),
    join(revision, token),
  ]) {
    assert.equal(await isSecret(filled(text)), true);
  }
  for (const text of [revision, join('a', revision), hashText({ revision }), 'a']) {
    assert.equal(await isSecret(filled(text)), false);
  }
});

test('an output that a plan marks as secret is secret, even if its provider does not mark it', async () => {
  const server = new ResourceList().add('db', { token: 'test:index:Server' }, 'db', {});
  const made = { password: output('pass'), port: output('5432') } as unknown as CustomResource;
  const fill = createFiller(
    () => made,
    () => assert.fail('the texts have no secrets of the config'),
    () => assert.fail('the texts have no values of the program'),
  );
  const password = outputOf(server, 'password', { secret: true });
  const port = outputOf(server, 'port');
  assert.equal(await isSecret(fill(password)), true);
  assert.equal(await isSecret(fill(join('db:', password, '@', port))), true);
  assert.equal(await isSecret(fill(join('db:', port))), false);
});

test('an Output has the texts of all its parts', async () => {
  const text = join('a', jsonText({ b: [configSecret('B'), configSecret('B')] }), 'c');
  const values: string[] = [];
  await new Promise<void>((resolve) => {
    output(filled(text)).apply((value) => {
      values.push(value);
      resolve();
    });
  });
  assert.deepEqual(values, ['a{"b":["value of B","value of B"]}c']);
});
