import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'vitest';
import { freePort } from '../../tests/servers.ts';
import { capture } from '../../tools/command.ts';
import { packageRoot } from '../common/roots.ts';
import { scratch } from '../stack/scratch.ts';

const stack = `
name: shop
services:
  web: { image: "registry.example.com/web:1", port: 3000 }
  jobs: { image: "acme/jobs:1", port: 3001 }
`;

/** Pulumi's mark of a secret value. */
const secretMark = '4dabf18193072939515e22adb298388d';

interface Made {
  type: string;
  name: string;
  inputs: Record<string, unknown>;
}

/** Runs a program in a project of its own, which has Railhead in its node_modules. Returns the resources that it makes. */
async function run(t: TestContext, program: string, target: string, { config = {}, env = {} } = {}) {
  const folder = scratch(t, {
    'Pulumi.yaml': 'name: examples\n',
    'package.json': '{ "type": "module" }',
    'stacks/test.yaml': stack,
    'main.ts': program,
  });
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(packageRoot, join(folder, 'node_modules/railhead'));
  symlinkSync(join(packageRoot, 'node_modules/@pulumi'), join(folder, 'node_modules/@pulumi'));
  const all = { 'railhead:stackFile': 'stacks/test.yaml', 'railhead:target': target, ...config };
  const runner = join(packageRoot, 'infra/examples/testing/mocked.ts');
  const args = [runner, 'test', JSON.stringify(all)];
  const { code, stdout, problem } = await capture(process.execPath, args, {
    cwd: folder,
    env: { ...process.env, ...env },
  });
  const made = stdout.split('\n').filter((line) => line.startsWith('{'));
  return { code, problem, made: made.map((line) => JSON.parse(line) as Made) };
}

const example = (name: string) => readFileSync(join(packageRoot, 'infra/examples', `${name}.ts`), 'utf8');

/** Runs an example. Returns the inputs of the resources of a type, by name. */
async function inputsOf(t: TestContext, name: string, target: string, type: string, config = {}) {
  const { code, problem, made } = await run(t, example(name), target, { config });
  assert.equal(code, 0, problem);
  return Object.fromEntries(made.filter((one) => one.type === type).map((one) => [one.name, one.inputs]));
}

interface Deployment {
  spec: { template: { metadata: { labels: object; annotations?: Record<string, string> } } };
}

test('pod-annotation: only the pods of web have the annotation, and the rollout waits for it', async (t) => {
  const type = 'kubernetes:apps/v1:Deployment';
  const { web, jobs } = await inputsOf(t, 'pod-annotation', 'kubernetes', type);
  const metadataOf = (inputs: unknown) => (inputs as Deployment).spec.template.metadata;
  assert.deepEqual(metadataOf(web).annotations, { 'example.com/team': 'shop' });
  assert.deepEqual(metadataOf(jobs).annotations, undefined);
  assert.equal(Object.keys(metadataOf(web).labels).length, 4);
  const revision = async (program: string) => {
    const { made } = await run(t, program, 'kubernetes');
    const types = ['railhead:kubernetes:RolloutBegin', 'railhead:kubernetes:Rollout'];
    return made
      .filter((one) => one.name === 'web' && types.includes(one.type))
      .map((one) => one.inputs.revision);
  };
  const before = await revision(example('pod-annotation'));
  const after = await revision(example('pod-annotation').replace("'shop'", "'other'"));
  assert.equal(before.length, 2);
  assert.ok(before.every((one, index) => one !== after[index]));
});

test('image-pull-secret: the pods of all services pull with the Secret that config names', async (t) => {
  const type = 'kubernetes:core/v1:ServiceAccount';
  const accounts = await inputsOf(t, 'image-pull-secret', 'kubernetes', type, {
    'shop:pullSecret': 'team-registry',
  });
  assert.deepEqual(Object.keys(accounts).toSorted(), ['jobs', 'web']);
  for (const { imagePullSecrets } of Object.values(accounts)) {
    assert.deepEqual(imagePullSecrets, [{ name: 'team-registry' }]);
  }
});

test('container-option: every container has the limit, and an environment without containers ignores it', async (t) => {
  const type = 'docker:index/container:Container';
  const containers = await inputsOf(t, 'container-option', 'docker', type);
  assert.ok(Object.keys(containers).length >= 4);
  for (const { ulimits, readOnly } of Object.values(containers)) {
    assert.deepEqual(ulimits, [{ name: 'nofile', soft: 4096, hard: 4096 }]);
    assert.equal(readOnly, true);
  }
  assert.deepEqual(await inputsOf(t, 'container-option', 'kubernetes', type), {});
});

test('allowed-registry: an image that the team does not allow is found at its line, and fails', async (t) => {
  const text = `${stack.trimStart()}policy: { rules: policies }\n`;
  const folder = scratch(t, {
    'Pulumi.yaml': 'name: examples\n',
    'Pulumi.test.yaml': 'config: { "railhead:stackFile": stacks/test.yaml, "railhead:target": docker }\n',
    'package.json': '{ "type": "module" }',
    'stacks/test.yaml': text,
    'policies/allowed-registry.ts': example('policies/allowed-registry'),
  });
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(packageRoot, join(folder, 'node_modules/railhead'));
  const args = [join(packageRoot, 'dist/railhead.js'), 'policy', '-s', 'test'];
  const { code, stdout } = await capture(process.execPath, args, { cwd: folder });
  assert.equal(code, 1);
  const found = stdout.split('\n').filter((line) => line.includes('allowed-registry'));
  assert.deepEqual(
    found.map((line) => line.split(/ {2,}/)),
    [
      [
        'error',
        'allowed-registry',
        'jobs',
        'stacks/test.yaml:4:18',
        'acme/jobs:1 is not in registry.example.com/',
      ],
    ],
  );
});

test('vault-secret: without its settings, and without Vault, nothing is made', async (t) => {
  const without = async (env: NodeJS.ProcessEnv) => {
    const { code, problem, made } = await run(t, example('vault-secret'), 'process', { env });
    assert.deepEqual([code === 0, made], [false, []]);
    return problem;
  };
  const settings = { VAULT_ADDR: `http://127.0.0.1:${await freePort()}`, VAULT_TOKEN: 'canary-token' };
  for (const name of ['VAULT_ADDR', 'VAULT_TOKEN'])
    assert.match(
      await without({ ...settings, [name]: '' }),
      /Set VAULT_ADDR to the address of Vault and VAULT_TOKEN/,
    );
  const problem = await without(settings);
  assert.ok(
    problem.includes(`Vault at ${settings.VAULT_ADDR} cannot be reached: connect ECONNREFUSED`),
    problem,
  );
  assert.doesNotMatch(problem, /canary/);
});

const program = (options: string) => `
import { output, secret } from '@pulumi/pulumi';
import { deploy } from 'railhead';
await deploy(${options});
`;

test('a transform can use Outputs, also in what a rollout is recognised by, and they stay secret', async (t) => {
  const change = `(args) => {
    const annotations = { token: secret('canary'), team: output('shop') };
    args.spec.template.metadata.annotations = annotations;
    return args;
  }`;
  const { code, problem, made } = await run(
    t,
    program(`{ transform: { deployment: ${change} } }`),
    'kubernetes',
  );
  assert.equal(code, 0, problem);
  const web = made.find(({ type, name }) => type.endsWith(':Deployment') && name === 'web');
  // Without an engine, Pulumi marks the whole property as secret.
  const { [secretMark]: mark, value } = web!.inputs.spec as {
    [secretMark]: string;
    value: Deployment['spec'];
  };
  assert.equal(typeof mark, 'string');
  assert.deepEqual(value.template.metadata.annotations, { token: 'canary', team: 'shop' });
});

const mistakes: [title: string, options: string, error: RegExp][] = [
  [
    'a kind that does not exist',
    '{ transform: { deploymnet: (args) => args } }',
    /deploy\(\{ transform \}\): there is no kind of object "deploymnet"; did you mean "deployment"\?/,
  ],
  [
    'a function that returns nothing',
    '{ transform: { deployment: () => {} } }',
    /deploy\(\{ transform: \{ deployment \} \}\) returned undefined for "\w+"; it must return the arguments/,
  ],
  [
    'a function that returns a Promise',
    '{ transform: { deployment: async (args) => args } }',
    /returned a Promise for "\w+"/,
  ],
];
for (const [title, options, error] of mistakes) {
  test(`a transform is refused for ${title}`, async (t) => {
    const { code, problem, made } = await run(t, program(options), 'kubernetes');
    assert.notEqual(code, 0);
    assert.match(problem, error);
    assert.deepEqual(made, []);
  });
}
