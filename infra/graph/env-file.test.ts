import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import fc from 'fast-check';
import { test, type TestContext } from 'vitest';
import { inFolder } from '../common/folders.ts';
import { parseDotenv } from '../stack/dotenv.ts';
import { stackFiles } from '../stack/extend.ts';
import { loadStack } from '../stack/load.ts';
import { problemsOf, scratch } from '../stack/scratch.ts';
import { buildGraph } from './graph.ts';
import { codeNode } from './scratch-graph.ts';

/** Returns the variables that service `web` with these fields declares, next to these files. */
function variablesOf(t: TestContext, fields: string, files: Record<string, string>) {
  const stack = `name: x\nservices:\n  web: { image: 'web:1', ${fields} }\n`;
  const folder = scratch(t, { 'stack.yaml': stack, ...files });
  const graph = buildGraph(loadStack(join(folder, 'stack.yaml')), 'test');
  return codeNode(graph, 'web').config.variables;
}

function problems(t: TestContext, fields: string, files: Record<string, string>) {
  const stack = `name: x\nservices:\n  web: { image: 'web:1', ${fields} }\n`;
  const folder = scratch(t, { 'stack.yaml': stack, ...files });
  return problemsOf(folder, () => buildGraph(loadStack(join(folder, 'stack.yaml')), 'test'));
}

test('variables win over files, and the last file over the others', (t) => {
  assert.deepEqual(
    variablesOf(t, "envFile: [.env, config/web.env], variables: { C: '3' }", {
      '.env': 'A=1\nB=1\nC=1\n',
      'config/web.env': "export B='2'\nC=2\n",
    }),
    { A: '1', B: '2', C: '3' },
  );
});

test('values are literal: references, names and numbers stay as they are', (t) => {
  const literal = { '.env': 'A=${{db.URL}} $${{x}}\nB=$HOME ${HOME}\nC=007\nD=\nE="two\nlines"\n' };
  assert.deepEqual(variablesOf(t, 'envFile: .env', literal), {
    A: '$${{db.URL}} $$${{x}}',
    B: '$HOME ${HOME}',
    C: '007',
    D: '',
    E: 'two\nlines',
  });
});

test('a value with a reference in it reaches the service as it is', (t) => {
  const text = "name: x\nservices: { web: { image: 'web:1', envFile: .env } }\n";
  const folder = scratch(t, { 'stack.yaml': text, '.env': 'A=${{db.URL}} $${{x}}' });
  const graph = buildGraph(loadStack(join(folder, 'stack.yaml')), 'test');
  assert.deepEqual(codeNode(graph, 'web').variables.A, ['${{db.URL}} $${{x}}']);
});

test('an overlay replaces the list of files, and its own variables win', (t) => {
  const folder = scratch(t, {
    'stacks/x.yaml': "name: x\nservices: { web: { image: 'web:1', envFile: .env, variables: { A: '0' } } }\n",
    'stacks/x.dev.yaml':
      'extends: x.yaml\nservices: { web: { envFile: [{ path: .env.local, required: false }], variables: { B: "0" } } }\n',
    '.env': 'A=1\nX=1',
    '.env.local': 'A=2\nB=2\nC=2',
  });
  const graph = buildGraph(loadStack(join(folder, 'stacks/x.dev.yaml')), 'dev');
  assert.deepEqual(codeNode(graph, 'web').config.variables, { A: '0', B: '0', C: '2' });
  assert.deepEqual(
    inFolder(folder, () => stackFiles('stacks/x.dev.yaml')),
    ['stacks/x.dev.yaml', '.env.local', 'stacks/x.yaml', '.env'],
  );
});

test('a copy of a stack file has copies of its files of variables', (t) => {
  const text = "name: x\nservices: { web: { image: 'web:1', envFile: web.env } }\n";
  const folder = scratch(t, {
    'stacks/x.yaml': text,
    'web.env': 'A=new',
    'releases/qa.stack/stacks/x.yaml': text,
    'releases/qa.stack/web.env': 'A=former',
  });
  const graph = buildGraph(loadStack(join(folder, 'releases/qa.stack/stacks/x.yaml')), 'qa');
  assert.deepEqual(codeNode(graph, 'web').config.variables, { A: 'former' });
});

test('a missing file is an error at its place, unless it is not required', (t) => {
  assert.deepEqual(variablesOf(t, 'envFile: { path: .env, required: false }', {}), {});
  assert.deepEqual(problems(t, 'envFile: [.env, { path: b.env, required: true }]', {}), [
    'stack.yaml:3:36  services.web.envFile.0: ".env" does not exist; if it may be missing, write { path, required: false }',
    'stack.yaml:3:42  services.web.envFile.1: "b.env" does not exist; if it may be missing, write { path, required: false }',
  ]);
});

test('problems of a file have their place in it', (t) => {
  assert.deepEqual(
    problems(t, "envFile: [config/web.env], variables: { OK: '1' }", {
      'config/web.env': '# comment\nA=1\nthis is wrong\n1B=2\n  export PORT=80\nQUOTED="no end\n',
    }),
    [
      'config/web.env:3:1  services.web.envFile.0: is not NAME=value',
      'config/web.env:4:1  services.web.variables.1B: "1B" is not a variable name: letters, digits, "_", "." and "-", starting with a letter or "_"',
      'config/web.env:5:15  services.web.variables.PORT: is set for each replica; set "port" of the service instead',
    ],
  );
  assert.deepEqual(problems(t, 'envFile: ../.env', {}), [
    'stack.yaml:3:35  services.web.envFile: "../.env" is not a file inside the repository, or a list of files',
  ]);
});

test('a file outside of the repository is not read', (t) => {
  const text = "name: x\nservices: { web: { image: 'web:1', envFile: .env } }\n";
  const folder = scratch(t, { 'repository/stack.yaml': text, 'secrets.env': 'TOKEN=hunter2' });
  const root = join(folder, 'repository');
  symlinkSync('../secrets.env', join(root, '.env'));
  assert.deepEqual(
    problemsOf(root, () => buildGraph(loadStack(join(root, 'stack.yaml')), 'test')),
    [
      'stack.yaml:2:45  services.web.envFile: ".env" is a symbolic link that leads out of <root>; if it may be missing, write { path, required: false }',
    ],
  );
});

test('files mean the same to Node', () => {
  const name = fc.stringMatching(/^[A-Z]{1,3}$/);
  const value = fc.oneof(
    fc.stringMatching(/^[a-z0-9:/?&=@.$-]{0,8}$/),
    fc.stringMatching(/^"[a-z #'=\n]{0,8}"$/),
    fc.stringMatching(/^'[a-z #"=\n]{0,8}'$/),
    fc.stringMatching(/^[a-z]{1,3} # [a-z]{1,3}$/),
  );
  const line = fc.oneof(
    fc.tuple(name, value).map(([key, text]) => `${key}=${text}`),
    // Node takes `export A=` for the name "export A".
    fc.tuple(name, value).map(([key, text]) => (text === '' ? '' : `export ${key}=${text}`)),
    fc.constantFrom('', '# A=1'),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 6 }), (lines) => {
      const text = `${lines.join('\n')}\n`;
      const { tree, wrong } = parseDotenv(text, '.env');
      const found = [...tree.entries].map(([key, entry]) => [key, (entry.value as { text: string }).text]);
      assert.deepEqual(wrong, []);
      assert.deepEqual(Object.fromEntries(found), { ...parseEnv(text) });
    }),
  );
});
