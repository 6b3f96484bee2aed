import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'vitest';
import { scratch } from '../../stack/scratch.ts';
import { filesOf } from '../testing.ts';
import { writeChanges } from '../write.ts';
import { parse } from 'yaml';
import { gateway } from '../../stack/gateway.ts';
import { overlayText, ownDomain } from './overlay-text.ts';
import { planEnvironment } from './plan-environment.ts';
import { describeEnvironment, describeSteps } from './report-environment.ts';

const settings = `secretsprovider: awskms://alias/shop
encryptedkey: KEY-OF-STAGING
environment:
  - shop/staging
config:
  # The cluster of the team.
  kubernetes:context: team-eu
  railhead:stackFile: stacks/shop.staging.yaml
  railhead:target: kubernetes
  railhead:store: /srv/shop
  railhead:identity: old-shop
  railhead:SMTP_PASSWORD:
    secure: v1:SECRET-OF-STAGING
  railhead:API_TOKEN: plain-SECRET-OF-STAGING
  aws:secretKey:
    secure: v1:SECRET-OF-STAGING
encryptionsalt: v1:SALT-OF-STAGING
`;

const stack = `name: shop
services:
  api:
    source: api
    port: 3000
    health: { path: /health }
    variables: { SMTP: '\${{secret.SMTP_PASSWORD}}', TOKEN: '\${{secret.API_TOKEN}}' }
  worker: { source: api, start: node main.js, variables: { SMTP: '\${{secret.SMTP_PASSWORD}}' } }
`;

const pin = `content: 'sha256:${'b'.repeat(64)}'`;
const release = `version: 1
environment: dev
commit: ${'c'.repeat(40)}
stack: { file: stacks/shop.yaml }
time: '2026-11-01T00:00:00Z'
by: Ada
artifacts:
  api: { hash: ${'a'.repeat(16)}, ${pin} }
  worker: { hash: ${'a'.repeat(16)}, ${pin} }
`;

function project(t: TestContext, more: Record<string, string> = {}): string {
  const root = scratch(t, {
    'Pulumi.yaml': 'name: shop\nruntime: nodejs\n',
    'Pulumi.staging.yaml': settings,
    'stacks/shop.yaml': stack,
    'stacks/shop.staging.yaml': 'extends: shop.yaml\n',
    'api/main.js': '',
    ...more,
  });
  const before = process.cwd();
  process.chdir(root);
  t.onTestFinished(() => process.chdir(before));
  return root;
}

const request = (root: string) => ({ root, name: 'qa', from: 'staging', target: undefined });

test('a new environment has the plain config of another one, and none of its secrets', async (t) => {
  const root = project(t);
  const plan = await planEnvironment(request(root));
  writeChanges(root, plan.changes);
  const files = filesOf(root);
  assert.equal(
    files['Pulumi.qa.yaml'],
    `secretsprovider: awskms://alias/shop
config:
  # The cluster of the team.
  kubernetes:context: team-eu
  railhead:stackFile: stacks/shop.qa.yaml
  railhead:target: kubernetes
  railhead:store: /srv/shop
  railhead:promotesFrom: staging
`,
  );
  assert.equal(
    files['stacks/shop.qa.yaml'],
    '# qa is like staging, except for what this file says.\nextends: shop.staging.yaml\n',
  );
  assert.equal(existsSync(join(root, 'releases')), false);
  assert.equal(files['Pulumi.staging.yaml'], settings);
  assert.deepEqual(plan.secrets, [
    { name: 'API_TOKEN', services: ['api'] },
    { name: 'SMTP_PASSWORD', services: ['api', 'worker'] },
  ]);
  assert.deepEqual(plan.notes, [
    'Secret config of staging that qa does not get: aws:secretKey.',
    'The Pulumi ESC environments of staging are not taken over: they can have its secrets.',
  ]);
  const shown = [describeEnvironment(plan), describeSteps(plan)].join('\n');
  assert.doesNotMatch(shown, /OF-STAGING/);
  assert.deepEqual(
    shown.split('\n').filter((line) => line.length > 80),
    [],
  );
});

test('the release file of the other environment is copied, and says where the artifacts come from', async (t) => {
  const root = project(t, { 'releases/staging.yaml': release });
  const { changes } = await planEnvironment(request(root));
  const text = changes.find(({ path }) => path === 'releases/qa.yaml')?.after ?? '';
  assert.match(text, /^environment: staging$/m);
  assert.match(text, /^  file: stacks\/shop\.staging\.yaml$/m);
  assert.equal(text.match(/hash: aaaaaaaaaaaaaaaa/g)?.length, 2);
});

test('a file that exists is used and not written', async (t) => {
  const root = project(t, { 'stacks/shop.qa.yaml': 'extends: shop.yaml\nvariables: { LEVEL: debug }\n' });
  const plan = await planEnvironment(request(root));
  assert.deepEqual(plan.kept, ['stacks/shop.qa.yaml']);
  assert.deepEqual(
    plan.changes.map(({ path }) => path),
    ['Pulumi.qa.yaml'],
  );
  writeChanges(root, plan.changes);
  await assert.rejects(planEnvironment(request(root)), /^UserError: There is an environment qa already/);
});

test('on another target, its problems are shown before anything is written', async (t) => {
  const root = project(t);
  writeFileSync(
    join(root, 'stacks/shop.staging.yaml'),
    'extends: shop.yaml\nservices: { api: { replicas: { min: 1, max: 2, memory: 50 }, resources: { memory: 1Gi } } }\n',
  );
  const before = filesOf(root);
  await assert.rejects(planEnvironment({ ...request(root), target: 'process' }), ({ message }: Error) => {
    assert.match(message, /^stacks\/shop\.staging\.yaml:2:20 {2}services\.api\.replicas: /);
    assert.match(message, /^qa would not run like this on the target process\. Nothing was written\.$/m);
    return true;
  });
  assert.deepEqual(filesOf(root), before);
});

test('an environment on another target has no public passphrase and no release of the former one', async (t) => {
  const root = project(t, {
    'Pulumi.dev.yaml':
      'config:\n  railhead:stackFile: stacks/shop.yaml\n  railhead:target: process\n  # Public.\n  railhead:ownMachine: true\n',
    'releases/dev.yaml': release,
  });
  const paths = async (target: string | undefined) =>
    (await planEnvironment({ root, name: 'qa', from: 'dev', target })).changes.map(({ path }) => path);
  assert.deepEqual(await paths(undefined), ['Pulumi.qa.yaml', 'stacks/shop.qa.yaml', 'releases/qa.yaml']);
  assert.deepEqual(await paths('kubernetes'), ['Pulumi.qa.yaml', 'stacks/shop.qa.yaml']);
  const { changes } = await planEnvironment({ root, name: 'qa', from: 'dev', target: 'kubernetes' });
  assert.equal(
    changes[0]?.after,
    'config:\n  railhead:stackFile: stacks/shop.qa.yaml\n  railhead:target: kubernetes\n  railhead:promotesFrom: dev\n',
  );
});

test('names that hosts and namespaces cannot have are refused', async (t) => {
  const root = project(t);
  for (const name of ['QA', 'q_a', '1a', '-a', 'a-', 'a.b', '../a', '']) {
    await assert.rejects(planEnvironment({ ...request(root), name }), /cannot name an environment/, name);
  }
});

test('a new environment answers for a domain of its own', () => {
  assert.equal(ownDomain('staging.rota.example', 'staging', 'qa'), 'qa.rota.example');
  assert.equal(ownDomain('rota.example', 'prod', 'qa'), 'qa.rota.example');
  assert.equal(ownDomain('app.prod.rota.example', 'prod', 'qa'), 'app.qa.rota.example');
  const { routes } = gateway.parse({
    routes: [
      { host: 'app.rota.example', path: '/*', to: 'web', cache: '1m' },
      { host: '*.rota.example', path: '/*', to: 'web' },
      { path: '/api/*', stripPrefix: true, to: 'api' },
    ],
  });
  const text = overlayText({
    base: 'stacks/x.yaml',
    baseText: '',
    like: 'prod',
    from: 'prod',
    name: 'qa',
    domain: 'rota.example',
    routes,
  });
  assert.deepEqual(parse(text), {
    extends: 'x.yaml',
    gateway: {
      domain: 'qa.rota.example',
      routes: [
        { host: 'qa.app.rota.example', path: '/*', to: 'web', cache: 60 },
        { host: '*.qa.rota.example', path: '/*', to: 'web' },
        { path: '/api/*', stripPrefix: true, to: 'api' },
      ],
    },
  });
});
