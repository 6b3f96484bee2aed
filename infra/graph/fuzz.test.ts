import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'vitest';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { loadStack } from '../stack/load.ts';
import { StackError } from '../stack/problem.ts';
import { scratch } from '../stack/scratch.ts';
import { buildGraph } from './graph.ts';

const rota = readFileSync(join(import.meta.dirname, '../../stacks/rota.yaml'), 'utf8');
const prototype = Reflect.ownKeys(Object.prototype);

/** Microseconds of processor time, so that a busy machine does not count. A hang takes minutes, a check milliseconds. */
const longest = 5_000_000;

/** Builds the graph. Fails unless it gets a graph, or a StackError with places and one-line messages. */
function survives(file: string, content: string): void {
  writeFileSync(file, content);
  const start = process.cpuUsage();
  try {
    buildGraph(loadStack(file), 'fuzz');
  } catch (error) {
    assert.ok(error instanceof StackError, String(error));
    assert.ok(error.problems.length > 0);
    for (const { line, column, message } of error.problems) {
      assert.ok(line >= 1 && column >= 1, `${line}:${column}`);
      assert.doesNotMatch(message, /\n|undefined|\[object|Invalid input/);
    }
  }
  const { user, system } = process.cpuUsage(start);
  assert.ok(user + system < longest, 'took too long');
  assert.deepEqual(Reflect.ownKeys(Object.prototype), prototype);
}

const token = fc.constantFrom(
  ...['\n', '  ', ': ', '- ', '{', '}', '[', ']', ',', '"', "'", '#', '&a ', '*a', '!x ', '|', '>', '?'],
  ...['name', 'services', 'extends', 'variables', 'source', 'port', 'replicas', '__proto__', 'constructor'],
  ...[
    '${{',
    '}}',
    'api',
    '.',
    'URL',
    '$',
    '0',
    '-1',
    '1e999',
    '~',
    'null',
    'true',
    '\t',
    '\u2028',
    'é',
    '---\n',
  ],
);

test('survives random YAML', (t) => {
  const file = join(scratch(t, {}), 'a.yaml');
  fc.assert(
    fc.property(fc.array(token, { maxLength: 60 }), (tokens) => survives(file, tokens.join(''))),
    { numRuns: 1500 },
  );
});

test('survives a stack file with a few characters changed', (t) => {
  const file = join(scratch(t, {}), 'a.yaml');
  const change = fc.tuple(fc.nat(rota.length), fc.nat(12), fc.oneof(token, fc.string({ maxLength: 4 })));
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
      const text = changes.reduce(
        (all, [at, cut, put]) => all.slice(0, at) + put + all.slice(at + cut),
        rota,
      );
      survives(file, text);
    }),
    { numRuns: 500 },
  );
});

test('survives values of the wrong type anywhere', (t) => {
  const file = join(scratch(t, {}), 'a.yaml');
  const key = fc.constantFrom(
    ...[
      'name',
      'services',
      'api',
      'source',
      'image',
      'type',
      'port',
      'replicas',
      'min',
      'max',
      'queue',
      'cron',
    ],
    ...[
      'variables',
      'gateway',
      'routes',
      'path',
      'to',
      'health',
      'preDeploy',
      'command',
      'restart',
      'volume',
      'bindMounts',
    ],
  );
  const leaf = fc.oneof(
    fc.constantFrom('postgres', '${{api.URL}}', '${{shared.A}}', '* * * * *', '1Gi', '/', '5s'),
    fc.string({ maxLength: 5 }),
    fc.double(),
    fc.boolean(),
    fc.constant(null),
  );
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      leaf,
      fc.dictionary(key, tie('value'), { maxKeys: 5 }),
      fc.array(tie('value'), { maxLength: 3 }),
    ),
  }));
  fc.assert(
    fc.property(fc.dictionary(key, value), fc.dictionary(key, value), (services, rest) =>
      survives(file, stringify({ name: 'x', services, ...rest })),
    ),
    { numRuns: 500 },
  );
});

/** The most expensive contents that fit into a stack file. */
const heavy: Record<string, string> = {
  brackets: '['.repeat(250_000),
  braces: '{a: '.repeat(60_000),
  dashes: '- '.repeat(120_000),
  'question marks': '? '.repeat(120_000),
  'many keys': Array.from({ length: 28_000 }, (_, i) => `k${i}:`).join('\n'),
  'many aliases': `a: &a [1]\nb: [${'*a,'.repeat(80_000)}]`,
  'many anchors': `[${Array.from({ length: 25_000 }, (_, i) => `&a${i} 1`).join(',')}]`,
  'a long line': `name: ${'x'.repeat(250_000)}`,
  'a long number': `name: ${'9'.repeat(250_000)}`,
  quotes: `name: "${'\\"'.repeat(120_000)}`,
  'many unknown services': `name: x\nservices:\n  a:\n    source: .\n    variables:\n${Array.from({ length: 7000 }, (_, i) => `      V${i}: \${{service-${i}.URL}}`).join('\n')}`,
  'a chain of variables': `name: x\nservices:\n  a:\n    source: .\n    variables:\n${Array.from({ length: 9000 }, (_, i) => `      V${i}: \${{V${i + 1}}}`).join('\n')}`,
  'many open references': `name: x\nservices: { a: { source: ., variables: { A: "${'${{ '.repeat(60_000)}" } } }`,
  'many spaces': `name: x\nservices: { a: { source: ., variables: { A: "\${{${' a'.repeat(120_000)}.B}}" } } }`,
  'a cron of commas': `name: x\nservices: { a: { source: ., cron: "${'1,'.repeat(120_000)}" } }`,
};

for (const [title, text] of Object.entries(heavy)) {
  test(`survives ${title}`, (t) => {
    survives(join(scratch(t, {}), 'a.yaml'), text);
  });
}
