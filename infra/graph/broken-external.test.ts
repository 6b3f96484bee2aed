import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'vitest';
import { loadStack } from '../stack/load.ts';
import { scratch } from '../stack/scratch.ts';
import { buildGraph } from './graph.ts';

const text = `name: x
services:
  db: { type: postgres, external: { url: "\${{secret.DB}}", readonlyUrl: "postgres://r:\${{secret.PW}}@db.example/x" } }
  cache: { type: redis, port: 6380, external: { url: "\${{secret.CACHE}}" } }
`;

const right = {
  DB: 'postgresql://u:p%40%2F%23@db.example:6432/x?sslmode=require',
  PW: 'a%25b',
  CACHE: 'rediss://:p@[::1]:6380/0',
};

/** Values that Node parses differently than intended, or rejects. */
const wrong: [name: keyof typeof right, value: string][] = [
  ['DB', 'postgres://u:p@ss@db.example:5432/x'],
  ['DB', 'postgres://u:p/ss/w@rd@db.example/x'],
  ['DB', 'postgres://u:pa#ss@db.example/x'],
  ['DB', 'postgres://u:pa?ss@db.example/x'],
  ['DB', 'postgres://u:100%@db.example/x'],
  ['DB', 'mysql://u:p@db.example/x'],
  ['DB', 'postgres://u:p@a.example:5432,b.example:5432/x'],
  ['DB', 'canary'],
  ['PW', 'canary@pw'],
  ['CACHE', 'redis://:ca/nary@cache.example'],
];

function problems(t: Parameters<typeof scratch>[0], values: Record<string, string>): string {
  const file = join(scratch(t, { 'a.yaml': text }), 'a.yaml');
  const secrets = { has: () => true, valueOf: (name: string) => values[name] };
  try {
    buildGraph(loadStack(file), 'prod', { secrets });
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

test('the error for an invalid external address names its secret and never contains the value', (t) => {
  assert.equal(problems(t, right), '');
  assert.equal(problems(t, {}), '');
  for (const [name, value] of wrong) {
    const message = problems(t, { ...right, [name]: value });
    assert.match(
      message,
      new RegExp(`external\\.\\w+: with the value of the secret ${name}, this is not a single URL, such as`),
      value,
    );
    assert.match(message, new RegExp(`railhead secrets set ${name} -s prod$`));
    assert.ok(!message.includes(value) && !/canary|db\.example/.test(message), message);
  }
});
