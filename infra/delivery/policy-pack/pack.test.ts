import assert from 'node:assert/strict';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { unless } from '../../../tools/testing/unless.ts';
import { createSystem, fail, lacksEngine, succeed, type TestSystem } from '../../targets/testing/system.ts';

const lacking = await lacksEngine();
const { test } = unless(lacking);

const canary = 'hunter2-canary';
let system: TestSystem;

beforeAll(async () => {
  if (lacking !== undefined) return;
  system = await createSystem('process');
  system.write('services/web/main.ts', '');
  await succeed(system.pulumi('config', 'set', '--secret', 'railhead:TOKEN', canary));
});

afterAll(() => system?.close());

const health = { path: '/health' };
const stack = (web: object, policy: object = { stage: 'staging' }) => ({
  name: 'packed',
  services: {
    web: { source: 'services/web', port: 4001, variables: { TOKEN: '${{secret.TOKEN}}' }, ...web },
  },
  policy,
});

/** Runs a command of Pulumi with the policy pack, as its users do. Its output must not contain the secret. */
async function packed(...args: string[]) {
  const pack = join(system.root, 'dist/policy-pack/railhead-policy');
  const run = await system.pulumi(...args, '--policy-pack', pack);
  assert.ok(!run.output.includes(canary), run.output);
  return run;
}

test('a preview fails with each finding of an error once, at its line', async () => {
  system.write('stacks/test.yaml', stack({}));
  const output = await fail(packed('preview'));
  const lines = output.split('\n').filter((line) => line.includes('has a port but no health check'));
  assert.equal(lines.length, 1, output);
  assert.match(lines[0]!, /^ +stacks\/test\.yaml:3:3 {2}has a port/);
  assert.match(output, /\[mandatory\] {2}health /);
});

test('a preview passes with advice, with waived findings and without findings', async () => {
  system.write(
    'stacks/test.yaml',
    stack({ health, variables: { API_TOKEN: 'abc' } }, { stage: 'development' }),
  );
  assert.match((await succeed(packed('preview'))).output, /\[advisory\] {2}plain-secrets /);
  const waivers = [{ rule: 'health', reason: 'A test.', until: '2999-01-01' }];
  system.write('stacks/test.yaml', stack({}, { stage: 'staging', waivers }));
  assert.doesNotMatch((await succeed(packed('preview'))).output, /\[(mandatory|advisory)\]/);
});

test('up --skip-preview stops before it creates a service', async () => {
  system.write('stacks/test.yaml', stack({}));
  await fail(packed('up', '--yes', '--skip-preview'), /has a port but no health check/);
  assert.doesNotMatch(system.state(), /railhead:process:Service/);
});

test('rules of the team get no secret, although the engine sends it', async () => {
  system.write('stacks/test.yaml', stack({}, { stage: 'development', rules: 'policies' }));
  const sees = `JSON.stringify(resources).includes(['hunter2', 'canary'].join('-')) ? 'leaks' : 'is masked'`;
  system.write(
    'policies/leak.ts',
    `export default { name: 'leak', description: 'x', levels: { development: 'advice' },
       check: ({ resources }: { resources: { type: string }[] }) => {
         const found = resources.some(({ type }) => type === 'railhead:process:Service');
         return found ? [{ path: [], message: 'the secret ' + (${sees}) }] : [];
       } };\n`,
  );
  const { output } = await succeed(packed('preview'));
  assert.match(output, /the secret is masked/);
  assert.doesNotMatch(output, /the secret leaks/);
});

test('a stack file with problems fails the preview with their places', async () => {
  system.write('stacks/test.yaml', { name: 'packed', services: { web: { source: 'nowhere' } } });
  await fail(packed('preview'), /stacks\/test\.yaml:\d+:\d+ {2}services\.web\.source/);
});

test('what the program changes with a transform is checked too', async () => {
  system.write('stacks/test.yaml', stack({ health }));
  system.write(
    'infra/index.ts',
    `import { runtime } from '@pulumi/pulumi';
     import { deploy } from 'railhead';
     runtime.registerResourceTransform(({ type, props, opts }) =>
       type === 'railhead:process:Service' ? { props: { ...props, host: '0.0.0.0' }, opts } : undefined);
     export const { url } = await deploy();\n`,
  );
  await fail(
    packed('preview'),
    /\(railhead:index:Service: web\)\n +stacks\/test\.yaml:3:3 {2}Service web \(host "0\.0\.0\.0"\) is reachable without the gateway/,
  );
});
