import assert from 'node:assert/strict';
import { test } from 'vitest';
import { withScripts } from './package-scripts.ts';

const all = '"up": "railhead up", "down": "railhead down", "pulumi": "railhead pulumi"';

test('scripts are added in the style of the file, and all other text stays', () => {
  const lines = all.split(', ');
  const cases: [before: string, after: string][] = [
    ['{}', `{\n  "scripts": {\n    ${lines.join(',\n    ')}\n  }\n}\n`],
    [
      '{\n    "a": [1, 2]\n}\n',
      `{\n    "a": [1, 2],\n    "scripts": {\n        ${lines.join(',\n        ')}\n    }\n}\n`,
    ],
    [
      '{\n\t"scripts": {},\n\t"a": 1\n}',
      `{\n\t"scripts": {\n\t\t${lines.join(',\n\t\t')}\n\t},\n\t"a": 1\n}`,
    ],
    ['{ "scripts": { "test": "vitest" } }', `{ "scripts": { "test": "vitest", ${all} } }`],
    [
      '{\r\n  "scripts": {\r\n    "a": "b"\r\n  }\r\n}\r\n',
      `{\r\n  "scripts": {\r\n    "a": "b",\r\n    ${lines.join(',\r\n    ')}\r\n  }\r\n}\r\n`,
    ],
  ];
  for (const [before, after] of cases) {
    assert.deepEqual(withScripts(before), { text: after, kept: [] });
    assert.deepEqual(withScripts(after), { text: after, kept: [] });
  }
});

test('a script of the user stays and is named', () => {
  const text = '{ "scripts": { "up": "compose up", "down": "railhead down", "pulumi": "pulumi" } }';
  assert.deepEqual(withScripts(text), { text, kept: ['up', 'pulumi'] });
});
