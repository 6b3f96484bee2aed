import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { environmentNames, repositoryRoot } from '../environment.ts';
import { scratch } from '../stack/scratch.ts';

const railhead = join(repositoryRoot, 'infra/cli/railhead.ts');

function run(cwd: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [railhead, ...args], {
    cwd,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

test('validate checks the stack files of all environments', () => {
  const { status, stdout, stderr } = run(repositoryRoot, 'validate');
  const count = environmentNames().length;
  assert.equal(stderr, '');
  assert.match(
    stdout,
    count === 1 ? /^stacks\/.*\.yaml is valid\n$/ : new RegExp(`^${count} files are valid\n$`),
  );
  assert.equal(status, 0);
});

test('validate prints every problem of every file, and exits with 1', (t) => {
  const folder = scratch(t, {
    'base.yaml': 'name: x\nservices: { a: { source: a } }\n',
    'one.yaml': 'extends: base.yaml\nnmae: y\n',
    'two.yaml': 'extends: base.yaml\n',
  });
  assert.deepEqual(run(folder, 'validate', 'one.yaml', 'two.yaml', 'three.yaml'), {
    status: 1,
    stdout: '',
    stderr: `base.yaml:2:26  services.a.source: "a" does not exist in ${folder}
one.yaml:2:1  nmae: unknown key "nmae"; did you mean "name"?
three.yaml:1:1  does not exist

3 problems; nothing was touched.
`,
  });
});

test('graph prints a stack file, or its problems', (t) => {
  const folder = scratch(t, {
    'a.yaml': 'name: x\nservices: { db: { type: redis } }\n',
    'b.yaml': 'name: x\n',
  });
  assert.match(run(folder, 'graph', 'a.yaml').stdout, /^x in dev: 1 service, 0 edges\n/);
  assert.match(run(folder, 'graph', 'a.yaml', '--mermaid').stdout, /^flowchart TD\n/);
  assert.match(run(folder, 'graph', 'a.yaml', '--svg').stdout, /<\/svg>/);
  assert.deepEqual(run(folder, 'graph', 'b.yaml'), {
    status: 1,
    stdout: '',
    stderr: 'b.yaml:1:1  services: is missing: a map of services\n',
  });
  assert.match(run(folder, 'graph', '-s', 'nowhere').stderr, /^There is no environment "nowhere"/);
});
