import assert from 'node:assert/strict';
import { test } from 'vitest';
import { scratch } from '../stack/scratch.ts';
import { importOf, servicesOf } from './testing.ts';
import { childrenOf } from './ledger.ts';
import { readDotenv } from './parse.ts';
import { textOf } from './read.ts';

const pem = '-----BEGIN CERTIFICATE-----\nMIIbody=abc\n-----END CERTIFICATE-----';

const cases: Record<string, [text: string, expected: [name: string, value: string, line: number][]]> = {
  'a value of several lines': [
    `A="one\ntwo"\nCERT='${pem}' # c\nexport B=3\n`,
    [
      ['A', 'one\ntwo', 1],
      ['CERT', pem, 3],
      ['B', '3', 6],
    ],
  ],
  'an escaped quote': [
    'Q="a\\"b\\n" # c\r\nR=1\r\n',
    [
      ['Q', 'a"b\n', 1],
      ['R', '1', 2],
    ],
  ],
  'a quote that does not end': [
    'A="one\nB=2\n',
    [
      ['A', '"one', 1],
      ['B', '2', 2],
    ],
  ],
  'comments, and a quote inside of a value': [
    "A=it's # c\n#B=2\nC= # c\nD=#fff\nE=\n",
    [
      ['A', "it's", 1],
      ['C', '', 3],
      ['D', '#fff', 4],
      ['E', '', 5],
    ],
  ],
};

for (const [name, [text, expected]] of Object.entries(cases)) {
  test(`a file of variables: ${name}`, (t) => {
    const tree = readDotenv(scratch(t, { '.env': text }), '.env');
    const found = childrenOf(tree).map(([name, value]) => [name, textOf(value), value.place.line]);
    assert.deepEqual(found, expected);
  });
}

test('brackets of a list in YAML can end at the column of its key, as other programs accept it', async (t) => {
  const { texts, rows } = await importOf(t, {
    'package.json': '{ "name": "shop" }',
    'compose.yaml': `services:
  web:
    image: acme/web:1
    command: [
      serve,
      "]",
    ]
    environment: {
      A: "}",
    }
    healthcheck:
      test: [
        "CMD", "check"
      ]
`,
  });
  assert.deepEqual(servicesOf(texts, 'shop')['web'], {
    ...{
      image: 'acme/web:1',
      command: ['serve', ']'],
      health: { command: ['check'] },
      variables: { A: '}' },
    },
  });
  assert.equal(
    rows.find(({ field }) => field.endsWith('.environment.A') || field.endsWith('.environment'))?.line,
    8,
  );
});
