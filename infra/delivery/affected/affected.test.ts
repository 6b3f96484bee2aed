import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'vitest';
import { parse } from 'yaml';
import { scratch } from '../../stack/scratch.ts';
import { project, testRepository } from '../commits/testing.ts';
import { affectedServices } from './affected.ts';
import { githubOutput, gitlabPipeline, jobsOf } from './matrix.ts';

const progress = () => undefined;

const shop = {
  ...project,
  'services/web/main.ts': '',
  'stacks/shop.yaml': `${project['stacks/shop.yaml']}  web: { source: services/web, port: 80, variables: { API: "http://\${{api.HOST}}:\${{api.PORT}}" } }
gateway: { routes: [{ path: /*, to: web }] }
`,
};

const api = { service: 'api', source: 'services/api' };
const web = { service: 'web', source: 'services/web' };
const both = ['dev', 'prod'];

test('a service is affected by its artifact and its configuration; what connects to it is a dependent', async (t) => {
  const { commit } = testRepository(t);
  const base = commit(shop);
  const built = commit({ 'services/api/used.ts': 'changed' });
  const first = await affectedServices({ base, head: built, progress });
  assert.deepEqual(first.services, [{ ...api, environments: both, changes: ['artifact'] }]);
  assert.deepEqual(first.dependents, [
    { service: 'gateway', environments: both, references: ['web'] },
    { ...web, environments: both, references: ['api'] },
  ]);
  assert.deepEqual(jobsOf(first, false), [api]);
  assert.deepEqual(jobsOf(first, true), [api, web]);

  const configured = commit({
    'stacks/shop.prod.yaml': 'extends: shop.yaml\nservices: { api: { replicas: 3 } }\n',
  });
  const all = await affectedServices({ base, head: configured, progress });
  assert.deepEqual(all.services, [{ ...api, environments: both, changes: ['artifact', 'configuration'] }]);
  const second = await affectedServices({ base: built, head: configured, progress });
  assert.deepEqual(second.services, [{ ...api, environments: ['prod'], changes: ['configuration'] }]);
  const dev = await affectedServices({ base: built, head: configured, environment: 'dev', progress });
  assert.deepEqual([dev.services, dev.dependents], [[], []]);
});

test('a new address reaches the service that uses it; a service can be new or removed', async (t) => {
  const { commit } = testRepository(t);
  const base = commit(shop);
  const stack = shop['stacks/shop.yaml'].replace('port: 3001', 'port: 3002');
  const moved = await affectedServices({ base, head: commit({ 'stacks/shop.yaml': stack }), progress });
  assert.deepEqual(
    moved.services.map(({ service, changes }) => [service, ...changes]),
    [
      ['api', 'configuration'],
      ['web', 'configuration'],
    ],
  );
  const renamed = commit({
    'stacks/shop.yaml': shop['stacks/shop.yaml'].replaceAll('web', 'site'),
    'services/site/main.ts': '',
  });
  const found = await affectedServices({ base, head: renamed, environment: 'dev', progress });
  assert.deepEqual(
    found.services.map(({ service, changes }) => [service, ...changes]),
    [
      ['gateway', 'configuration'],
      ['site', 'new'],
    ],
  );
  assert.deepEqual(found.removed, ['web']);
});

test('what the base got since the branch began does not count', async (t) => {
  const { commit, git } = testRepository(t);
  commit(shop);
  git('checkout', '-q', '-b', 'topic');
  commit({ 'services/web/main.ts': 'changed' });
  git('checkout', '-q', 'main');
  commit({ 'services/api/used.ts': 'changed' });
  const { services } = await affectedServices({ base: 'main', head: 'topic', progress });
  assert.deepEqual(
    services.map(({ service }) => service),
    ['web'],
  );
});

test('without the common commit, the error says how to fetch it', async (t) => {
  const { root, commit, git } = testRepository(t);
  commit(shop);
  git('checkout', '-q', '-b', 'topic');
  commit({ 'services/web/main.ts': 'changed' });
  git('checkout', '-q', 'main');
  commit({ 'services/api/used.ts': 'changed' });
  const clone = join(scratch(t, {}), 'clone');
  execFileSync('git', ['clone', '-q', '--depth=1', '--no-single-branch', `file://${root}`, clone]);
  process.chdir(clone);
  const head = 'origin/topic';
  await assert.rejects(affectedServices({ base: 'origin/main', head, progress }), {
    name: 'UserError',
    message:
      /^This shallow clone has no commit that origin\/main and origin\/topic share.*\nFetch all commits: git fetch --unshallow$/,
  });
  execFileSync('git', ['fetch', '-q', '--unshallow']);
  const { services } = await affectedServices({ base: 'origin/main', head, progress });
  assert.deepEqual(
    services.map(({ service }) => service),
    ['web'],
  );
});

test('a change of the program, and a base that cannot be planned, affect every service', async (t) => {
  const { commit } = testRepository(t);
  const broken = commit({ ...shop, 'stacks/shop.yaml': 'services: 3' });
  const base = commit(shop);
  const head = commit({ 'infra/names.ts': 'changed' });
  const changes = async (from: string, to: string) =>
    (await affectedServices({ base: from, head: to, environment: 'dev', progress })).services.map(
      ({ service, changes }) => `${service} ${changes.join(' ')}`,
    );
  const all = ['api', 'db', 'gateway', 'web'];
  assert.deepEqual(
    await changes(base, head),
    all.map((name) => `${name} program`),
  );
  assert.deepEqual(
    await changes(broken, base),
    all.map((name) => `${name} unknown`),
  );
  await assert.rejects(changes(base, commit({ 'stacks/shop.yaml': 'services: 3' })), {
    name: 'UserError',
    message: /^What changes is not known, because the stack files have problems:\nstacks\/shop\.yaml:1:1 /,
  });
});

test('an environment is changed by what it deploys, and by its settings, which may hold secrets', async (t) => {
  const { commit } = testRepository(t);
  const base = commit(shop);
  const changed = async (files: Record<string, string>) => {
    const [before, head] = [commit(shop), commit(files)];
    return (await affectedServices({ base: before, head, progress })).changed;
  };
  assert.deepEqual((await affectedServices({ base, head: base, progress })).changed, []);
  assert.deepEqual(await changed({ 'services/api/used.ts': 'changed' }), both);
  const overlay = 'extends: shop.yaml\nservices: { api: { replicas: 3 } }\n';
  assert.deepEqual(await changed({ 'stacks/shop.prod.yaml': overlay }), ['prod']);
  const secret = `${shop['Pulumi.dev.yaml']}  railhead:TOKEN: { secure: v1:other }\n`;
  assert.deepEqual(await changed({ 'Pulumi.dev.yaml': secret }), ['dev']);
  assert.deepEqual(await changed({ 'Pulumi.qa.yaml': shop['Pulumi.dev.yaml'] }), ['qa']);
});

test('the matrix of GitHub and the child pipeline of GitLab, also without a service', () => {
  assert.equal(
    githubOutput([api], both),
    'matrix={"include":[{"service":"api","source":"services/api"}]}\ncount=1\nenvironments=["dev","prod"]',
  );
  assert.equal(githubOutput([], []), 'matrix={"include":[]}\ncount=0\nenvironments=[]');
  assert.deepEqual(parse(gitlabPipeline([api], 'ci/service.yml')), {
    include: [{ local: '/ci/service.yml' }],
    affected: { extends: '.service', parallel: { matrix: [{ SERVICE: 'api', SOURCE: 'services/api' }] } },
  });
  assert.deepEqual(parse(gitlabPipeline([], 'ci/service.yml')), { 'nothing-affected': { script: ['true'] } });
});
