import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'vitest';
import { loadStack } from './load.ts';
import { StackError } from './problem.ts';
import { problemsOf, scratch } from './scratch.ts';

const fine = 'name: x\nservices:\n  web: { source: app }\n';
const bomb = ['a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1]']
  .concat([...'bcdefg'].map((name, i) => `${name}: &${name} [${`*${'abcdef'[i]}, `.repeat(9)}]`))
  .join('\n');

/** By title: files by name, of which the first is loaded, and the expected problems. */
const cases: Record<string, { files: Record<string, string | Buffer>; expected: string[] }> = {
  'an empty file': {
    files: { 'a.yaml': '' },
    expected: ['a.yaml:1:1  the file is empty; it needs at least "name" and "services"'],
  },
  'only a comment': {
    files: { 'a.yaml': '# nothing\n' },
    expected: ['a.yaml:1:1  the file is empty; it needs at least "name" and "services"'],
  },
  'a list': {
    files: { 'a.yaml': '- name: x\n' },
    expected: ['a.yaml:1:1  a stack file is a map with at least "name" and "services"'],
  },
  'no services': {
    files: { 'a.yaml': 'name: x\n' },
    expected: ['a.yaml:1:1  services: is missing: a map of services'],
  },
  '5 MB of junk': {
    files: { 'a.yaml': Buffer.alloc(5_000_000, 'junk: [') },
    expected: ['a.yaml:1:1  has 5000000 bytes; a stack file has at most 262144'],
  },
  'a binary file': {
    files: { 'a.yaml': Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1]) },
    expected: ['a.yaml:1:1  is not text (it contains a NUL byte)'],
  },
  'another encoding': {
    files: { 'a.yaml': Buffer.from('name: Caf\xe9\n', 'latin1') },
    expected: ['a.yaml:1:1  is not UTF-8 text'],
  },
  'a bracket that is not closed': {
    files: { 'a.yaml': 'name: x\nservices: { web: { source: app }\n' },
    expected: ['a.yaml:3:1  flow map in block collection must be sufficiently indented and end with a }'],
  },
  'a tab': {
    files: { 'a.yaml': 'name: x\nservices:\n\tweb: { source: app }\n' },
    expected: ['a.yaml:3:1  tabs are not allowed as indentation'],
  },
  'a key twice': {
    files: { 'a.yaml': `${fine}  web: { source: other }\n` },
    expected: ['a.yaml:4:3  the key "web" occurs twice'],
  },
  'a tag': {
    files: { 'a.yaml': 'name: !env X\nservices: {}\n' },
    expected: ['a.yaml:1:7  the tag !env is not supported; remove it'],
  },
  'two documents': {
    files: { 'a.yaml': `${fine}---\n${fine}` },
    expected: ['a.yaml:4:1  a second document starts; a stack file contains only one'],
  },
  'an alias without an anchor': {
    files: { 'a.yaml': 'name: *x\nservices: {}\n' },
    expected: ['a.yaml:1:7  "*x" has no anchor: no "&x" precedes it'],
  },
  'an alias bomb': {
    files: { 'a.yaml': bomb },
    expected: ['a.yaml:5:8  "*d" expands to too much: at most 10000 parts, 8 levels'],
  },
  'an alias inside its own anchor': {
    files: { 'a.yaml': 'name: &x [*x]\nservices: {}\n' },
    expected: ['a.yaml:1:11  "*x" expands to too much: at most 10000 parts, 8 levels'],
  },
  'deep nesting': {
    files: { 'a.yaml': `name: ${'['.repeat(5000)}` },
    expected: ['a.yaml:1:38  nested deeper than 32 levels'],
  },
  'keys of the prototype': {
    files: {
      'a.yaml': 'name: x\n__proto__: { polluted: 1 }\nservices: { constructor: {}, prototype: {} }\n',
    },
    expected: [
      'a.yaml:2:1  the key "__proto__" is not allowed',
      'a.yaml:3:13  the key "constructor" is not allowed',
      'a.yaml:3:30  the key "prototype" is not allowed',
    ],
  },
  'references without quotes where braces are maps': {
    files: {
      'a.yaml':
        'name: x\nservices:\n  web: { source: app, variables: { A: ${{db.URL}}, B: http://${{db.HOST}}:1/x } }\n  db: { type: postgres }\n',
    },
    expected: [
      'a.yaml:3:39  put the reference in quotes: "${{db.URL}}"',
      'a.yaml:3:55  put the reference in quotes: "http://${{db.HOST}}:1/x"',
    ],
  },
  'a reference without its $': {
    files: { 'a.yaml': `${fine}variables:\n  A: {{web.URL}}\n` },
    expected: ['a.yaml:5:6  put the reference in quotes: "${{web.URL}}"'],
  },
  'a tab that the parser reports several times': {
    files: {
      'a.yaml': 'name: x\nservices:\n  api:\n    source: app\n\t\tport: 1\n    variables:\n      A: 1\n',
    },
    expected: ['a.yaml:5:1  tabs are not allowed as indentation'],
  },
  'a missing colon': {
    files: { 'a.yaml': 'name: x\nservices:\n  api\n    source: app\n    port: 1\n  web:\n    source: app\n' },
    expected: ['a.yaml:3:3  "api" has no ":"; a line of a map is "key: value"'],
  },
  'a colon without a space': {
    files: { 'a.yaml': 'name: x\nservices:\n  api:\n    source:app\n    port: 1\n' },
    expected: ['a.yaml:4:5  "source:app" needs a space after ":"'],
  },
  'a key with a different indentation': {
    files: { 'a.yaml': 'name: x\nservices:\n  api:\n    source: app\n   port: 1\n' },
    expected: ['a.yaml:5:1  starts in a different column than the other keys of its map'],
  },
  'a quote that is not closed': {
    files: { 'a.yaml': 'name: "x\nservices:\n  api: { source: app }\n' },
    expected: ['a.yaml:4:1  a quote before this place is not closed'],
  },
  'a merge key whose value is not a map': {
    files: { 'a.yaml': `${fine}<<: [{ name: y }, 7]\n` },
    expected: ['a.yaml:4:1  "<<" merges a map or a list of maps, such as <<: *defaults'],
  },
  'a mistake in a merged map': {
    files: {
      'a.yaml':
        'name: x\nservices:\n  a: &a { source: app, prot: 1 }\n  b: { <<: *a, prot: 2 }\n  c: { <<: *a }\n',
    },
    expected: [
      'a.yaml:3:24  services.a.prot: unknown key "prot"; did you mean "port"?',
      'a.yaml:3:24  services.c.prot: unknown key "prot"; did you mean "port"?',
      'a.yaml:4:16  services.b.prot: unknown key "prot"; did you mean "port"?',
    ],
  },
  'extends itself': {
    files: { 'a.yaml': `extends: ./a.yaml\n${fine}` },
    expected: ['a.yaml:1:10  extends: "./a.yaml" forms a cycle: a.yaml -> a.yaml'],
  },
  'extends in a circle': {
    files: { 'a.yaml': 'extends: b.yaml\n', 'b.yaml': 'extends: c.yaml\n', 'c.yaml': 'extends: b.yaml\n' },
    expected: ['c.yaml:1:10  extends: "b.yaml" forms a cycle: b.yaml -> c.yaml -> b.yaml'],
  },
  'extends nothing': {
    files: { 'a.yaml': 'extends: bse.yaml\n', 'base.yaml': fine },
    expected: ['a.yaml:1:10  extends: "bse.yaml" does not exist in <root>'],
  },
  'extends a list': {
    files: { 'a.yaml': 'extends: [base.yaml]\n', 'base.yaml': fine },
    expected: ['a.yaml:1:10  extends: must be the path of a stack file, relative to this one'],
  },
  'removal of a missing key': {
    files: { 'a.yaml': 'extends: base.yaml\nservices:\n  wbe: null\n', 'base.yaml': fine },
    expected: ['a.yaml:3:3  services.wbe: there is nothing to remove in base.yaml; did you mean "web"?'],
  },
  'a mistake in the base': {
    files: { 'a.yaml': 'extends: base.yaml\nname: y\n', 'base.yaml': `${fine}  api: { source: 7 }\n` },
    expected: [
      'base.yaml:4:18  services.api.source: 7 is not a folder inside the repository, such as services/api',
    ],
  },
};

for (const [title, { files, expected }] of Object.entries(cases)) {
  test(`refuses ${title}`, (t) => {
    const folder = scratch(t, files);
    const [first = ''] = Object.keys(files);
    const found = problemsOf(folder, () => {
      const { place } = loadStack(join(folder, first));
      const problems = place([]);
      if (problems.length > 0) {
        throw new StackError(problems);
      }
    });
    assert.deepEqual(found, expected);
  });
}

test('refuses a missing file, a folder and a pipe', (t) => {
  const folder = scratch(t, { 'a.yaml': fine, 'sub/': '' });
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  const load = (name: string) => problemsOf(folder, () => loadStack(join(folder, name)));
  assert.deepEqual(load('b.yaml'), ['b.yaml:1:1  does not exist']);
  assert.deepEqual(load('a.yaml/b.yaml'), [
    'a.yaml/b.yaml:1:1  does not exist: a part of its path is a file',
  ]);
  assert.deepEqual(load('sub'), ['sub:1:1  is a folder; name a stack file in it']);
  assert.deepEqual(load('pipe'), ['pipe:1:1  is not a regular file']);
});
