import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'vitest';
import { readEnvironment, stackFilePath } from '../common/environment.ts';
import { readPlainConfig } from '../delivery/plain-config.ts';
import { recordResources } from '../delivery/render/record.ts';
import { noSecrets } from '../delivery/render/secrets.ts';
import { placedFindings } from '../policy/check.ts';
import { formatFinding } from '../policy/format.ts';
import { openContext } from '../program/context.ts';
import { makeClone, railhead } from './testing.ts';

/** The findings in each environment of Rota. */
const golden: Record<string, string[]> = {
  dev: [],
  docker: [],
  staging: [
    'stacks/rota.prod.yaml:11:3  waived: redis: the content of redis:7 can change: add its digest, as in images.redis: redis:7@sha256:…; waived until 2027-12-31: This repository deploys Rota to test clusters only, which have these images by tag. (policy image-digest)',
    'stacks/rota.staging.yaml:9:3  waived: postgres: the content of postgres:17 can change: add its digest, as in images.postgres: postgres:17@sha256:…; waived until 2027-12-31: This repository deploys Rota to test clusters only, which have these images by tag. (policy image-digest)',
  ],
  prod: [
    'stacks/rota.prod.yaml:6:3  waived: postgres: the content of postgres:17 can change: add its digest, as in images.postgres: postgres:17@sha256:…; waived until 2027-12-31: This repository deploys Rota to test clusters only, which have these images by tag. (policy image-digest)',
    'stacks/rota.prod.yaml:11:3  waived: redis: the content of redis:7 can change: add its digest, as in images.redis: redis:7@sha256:…; waived until 2027-12-31: This repository deploys Rota to test clusters only, which have these images by tag. (policy image-digest)',
    'stacks/rota.yaml:33:22  waived: worker: at times, only one replica runs, and its failure stops the service: set at least 2; waived until 2027-12-31: Jobs wait in the queue while the only worker restarts. (policy replicas)',
  ],
};

for (const [name, expected] of Object.entries(golden)) {
  test(`${name} of Rota has the findings that were reviewed`, async () => {
    const environment = readEnvironment(name);
    const stackFile = stackFilePath(environment);
    const context = await openContext({ ...environment, stackFile, secrets: undefined });
    const silent = () => undefined;
    const resources = await recordResources(name, readPlainConfig(name), noSecrets, silent);
    const findings = await placedFindings({ ...context, resources, environment, today: '2026-11-29' });
    assert.deepEqual(findings.map(formatFinding), expected);
  });
}

const shop = `name: shop
services:
  web: { source: app, port: 3000, variables: { API_TOKEN: hunter2canary } }
`;

/** Makes a project with an environment `qa` on the target `process`. */
function project(t: TestContext, policy = '', ownMachine = false): string {
  const clone = makeClone(t);
  for (const folder of ['stacks', 'app']) mkdirSync(join(clone, folder));
  writeFileSync(join(clone, 'app/main.ts'), '');
  writeFileSync(join(clone, 'stacks/shop.yaml'), shop + policy);
  const own = ownMachine ? ', railhead:ownMachine: true' : '';
  writeFileSync(
    join(clone, 'Pulumi.qa.yaml'),
    `config: { railhead:stackFile: stacks/shop.yaml, railhead:target: process${own} }\n`,
  );
  return clone;
}

test('policy prints a table and exits with 1 for errors, without the value of a credential', async (t) => {
  const { code, output, errors } = await railhead(project(t), 'policy', '-s', 'qa');
  assert.equal(code, 1, errors);
  const rows = output.split('\n').map((line) => line.split(/ {2,}/));
  assert.deepEqual(
    rows.slice(0, 3).map((row) => row.slice(0, 4)),
    [
      ['LEVEL', 'RULE', 'SERVICE', 'PLACE'],
      ['error', 'health', 'web', 'stacks/shop.yaml:3:3'],
      ['error', 'plain-secrets', 'web', 'stacks/shop.yaml:3:59'],
    ],
  );
  assert.match(output, /^qa: 2 errors \(stage staging\)$/m);
  assert.ok(!`${output}${errors}`.includes('canary'));
});

test('policy exits with 0 for advice and for what is waived', async (t) => {
  const own = await railhead(project(t, '', true), 'policy', '-s', 'qa');
  assert.equal(own.code, 0, own.errors);
  assert.match(own.output, /^advice {2}plain-secrets/m);
  assert.match(own.output, /^qa: 1 advice \(stage development\)$/m);

  const waivers = ['health', 'plain-secrets'].map(
    (rule) => `{ rule: ${rule}, reason: A test., until: 2999-01-01 }`,
  );
  const waived = await railhead(
    project(t, `policy: { waivers: [${waivers.join(', ')}] }\n`),
    'policy',
    '-s',
    'qa',
  );
  assert.equal(waived.code, 0, waived.errors);
  assert.match(waived.output, /^qa: 2 waived \(stage staging\)$/m);
});

test('up refuses an environment with errors before it touches anything, and says how to go on', async (t) => {
  const clone = project(t);
  const before = readdirSync(clone).toSorted();
  const { code, output, errors } = await railhead(clone, 'up', '-s', 'qa');
  assert.equal(code, 1);
  assert.match(
    errors,
    /^stacks\/shop\.yaml:3:3 {2}error: web: has a port but no health check.*\(policy health\)$/m,
  );
  assert.match(
    errors,
    /^stacks\/shop\.yaml:3:59 {2}error: web: the variable API_TOKEN contains a credential in plain text.*\(policy plain-secrets\)$/m,
  );
  assert.match(errors, /^The policy of qa forbids this update; nothing was touched\.$/m);
  assert.match(errors, /^ {6}- \{ rule: health, service: web, reason: …, until: \d{4}-\d{2}-\d{2} \}$/m);
  assert.match(errors, /npx --no -- railhead policy -s qa$/m);
  assert.ok(!`${output}${errors}`.includes('canary'));
  assert.ok(!existsSync(join(clone, '.railhead/state')), 'no stack was made');
  assert.deepEqual(
    readdirSync(clone)
      .filter((name) => name !== '.railhead')
      .toSorted(),
    before,
  );
});

test('the rules of the team count in up', async (t) => {
  const clone = project(t, 'policy: { stage: development, rules: policies }\n', true);
  mkdirSync(join(clone, 'policies'));
  writeFileSync(
    join(clone, 'policies/no-web.ts'),
    `export default { name: 'no-web', description: 'x', levels: { development: 'error' },
      check: ({ stack }: { stack: { services: object } }) =>
        'web' in stack.services ? [{ path: ['services', 'web'], message: 'is not allowed' }] : [] };\n`,
  );
  const { code, errors } = await railhead(clone, 'up', '-s', 'qa');
  assert.equal(code, 1);
  assert.match(errors, /^stacks\/shop\.yaml:3:3 {2}error: web: is not allowed \(policy no-web\)$/m);
});
