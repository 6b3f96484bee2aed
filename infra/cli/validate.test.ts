import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'vitest';
import { environmentNames } from '../common/environment.ts';
import { packageRoot } from '../common/roots.ts';
import { scratch } from '../stack/scratch.ts';
import { makeClone, railhead as railheadIn } from './testing.ts';

const railhead = join(packageRoot, 'dist/railhead.js');

function run(cwd: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [railhead, ...args], {
    cwd,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

test('validate checks the stack files of all environments', () => {
  const { status, stdout, stderr } = run(packageRoot, 'validate');
  const count = environmentNames().length;
  assert.equal(stderr, '');
  assert.match(
    stdout,
    count === 1 ? /^stacks\/.*\.yaml is valid\n$/ : new RegExp(`^${count} files are valid\n$`),
  );
  assert.equal(status, 0);
});

test('validate names the values that only the Pulumi program has', (t) => {
  const variables = '{ A: "${{pulumi.bucket}}", B: "${{pulumi.TOKEN}} ${{pulumi.bucket}}" }';
  const folder = scratch(t, {
    'one.yaml': `name: x\nservices: { a: { source: a, variables: ${variables} } }\n`,
    'a/main.ts': '',
  });
  assert.deepEqual(run(folder, 'validate', 'one.yaml'), {
    status: 0,
    stdout: 'one.yaml is valid\nThe Pulumi program has to pass values to deploy(): TOKEN, bucket\n',
    stderr: '',
  });
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

/** Has one problem of the schema, one of the graph, one of the target docker only, and one of two targets. */
const wrong = {
  'stack.yaml': `name: x
services:
  api: { source: app, prot: 3001 }
  web: { source: nowhere, port: 3000, resources: { cpu: 1 } }
  py: { source: app, start: elixir main.exs }
`,
  'local.yaml': 'extends: stack.yaml\nservices: { web: { resources: null } }\n',
  'docker.yaml': 'extends: stack.yaml\nservices: { web: { replicas: { min: 1, max: 2, cpu: 50 } } }\n',
};

const wrongEverywhere = (root: string) => [
  'stack.yaml:3:23  services.api.prot: unknown key "prot"; did you mean "port"?',
  `stack.yaml:4:18  services.web.source: "nowhere" does not exist in ${root}`,
];

function cloneWithEnvironments(t: TestContext): string {
  const clone = makeClone(t);
  const environments = { dev: 'process', qa: 'process', docker: 'docker', prod: 'kubernetes' };
  const files = { dev: 'local.yaml', qa: 'stack.yaml', docker: 'docker.yaml', prod: 'stack.yaml' };
  mkdirSync(join(clone, 'app'));
  writeFileSync(join(clone, 'app/main.js'), '');
  for (const [name, text] of Object.entries(wrong)) writeFileSync(join(clone, name), text);
  for (const [name, target] of Object.entries(environments)) {
    const config = `railhead:stackFile: ${files[name as keyof typeof files]}, railhead:target: ${target}`;
    writeFileSync(join(clone, `Pulumi.${name}.yaml`), `config: { ${config} }\n`);
  }
  return clone;
}

test('validate lists problems of the schema, the graph and the targets together, each once with its environments', async (t) => {
  const clone = cloneWithEnvironments(t);
  const { code, errors } = await railheadIn(clone, 'validate');
  assert.equal(code, 1);
  const image =
    'runs in an image that contains only Node; add a "dockerfile" that installs what "elixir main.exs" needs';
  assert.deepEqual(errors.split('\n'), [
    'docker.yaml:2:20  services.web.replicas: Docker does not scale by load; write a number in the overlay of this environment (environment docker, target docker)',
    ...wrongEverywhere(clone),
    'stack.yaml:4:39  services.web.resources: a process cannot be held to CPU and memory limits; write `resources: null` in the overlay of this environment (environment qa, target process)',
    `stack.yaml:5:29  services.py.start: ${image} (environment docker, target docker; environment prod, target kubernetes)`,
    '',
    '5 problems; nothing was touched.',
    '',
  ]);
});

test('validate -s checks the stack file of one environment for its target', async (t) => {
  const clone = cloneWithEnvironments(t);
  const { code, errors } = await railheadIn(clone, 'validate', '-s', 'qa');
  assert.equal(code, 1);
  assert.deepEqual(errors.split('\n').slice(0, 3), [
    ...wrongEverywhere(clone),
    'stack.yaml:4:39  services.web.resources: a process cannot be held to CPU and memory limits; write `resources: null` in the overlay of this environment (environment qa, target process)',
  ]);
  const up = await railheadIn(clone, 'up', '-s', 'qa');
  assert.deepEqual(up.errors.split('\n').slice(0, 3), errors.split('\n').slice(0, 3));
  assert.match((await railheadIn(clone, 'validate', '-s', 'qb')).errors, /^There is no environment "qb"/);
  assert.match(
    (await railheadIn(clone, 'validate', '-s', 'qa', 'stack.yaml')).errors,
    /^Name either an environment or/,
  );
});

test('warnings are shown and counted, and the exit code is 0', (t) => {
  const text =
    'name: x\nservices:\n  a: { source: a, variables: { X: "http://${{b.HOST}}" } }\n  b: { source: a, port: 1 }\n';
  const folder = scratch(t, { 'a.yaml': text, 'a/main.js': '' });
  const warning =
    'a.yaml:3:35  warning: services.a.variables.X: leads to port 80, but "b" listens on 1; add ":${{b.PORT}}"\n';
  assert.deepEqual(run(folder, 'validate', 'a.yaml'), {
    status: 0,
    stdout: 'a.yaml is valid, with 1 warning\n',
    stderr: `${warning}\n`,
  });
  assert.partialDeepStrictEqual(run(folder, 'graph', 'a.yaml'), { status: 0, stderr: warning });
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
  assert.match(run(packageRoot, 'graph', '-s', 'nowhere').stderr, /^There is no environment "nowhere"/);
});
