import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'vitest';
import { packageRoot } from '../../common/roots.ts';
import { compareCommits, type ComparedEnvironment } from './compare-commits.ts';
import { isEvaluated, type Side } from './evaluate.ts';
import { project, testRepository } from './testing.ts';

const progress = () => undefined;

test("two checkouts of one commit are the same in all of Rota's environments", async (t) => {
  inFolder(t, packageRoot);
  const { environments, program } = await compareCommits({ base: 'HEAD', head: 'HEAD', progress });
  assert.deepEqual(
    environments.map(({ name }) => name),
    ['dev', 'docker', 'prod', 'staging'],
  );
  for (const { before, after, resources } of environments) {
    assert.deepEqual(resources, []);
    assert.deepEqual(evaluated(before).snapshot, evaluated(after).snapshot);
    assert.ok(evaluated(after).resources.length > 5);
    const text = JSON.stringify([evaluated(after).snapshot, evaluated(after).resources]);
    assert.ok(!text.includes('railhead-commits-'), 'no path of the temporary folder');
  }
  assert.deepEqual(program, { files: [] });
});

test('resources are created, changed, replaced and deleted, each with its service and what differs', async (t) => {
  const { commit } = testRepository(t);
  const web = '  web: { source: services/web, port: 80 }\n';
  const cache = '  cache: { type: redis }\n';
  const stack = project['stacks/shop.yaml'];
  const base = commit({ ...project, 'services/web/main.ts': '', 'stacks/shop.yaml': stack + cache });
  const changed = stack
    .replace('port: 3001', 'port: 3001\n    preDeploy: node main.js')
    .replace('info', 'debug');
  const head = commit({ 'stacks/shop.yaml': changed + web, 'services/web/main.ts': '' });
  const later = commit({ 'services/api/used.ts': 'changed' });
  const changes = async (base: string, head: string, name: string) =>
    summary(named((await compareCommits({ base, head, progress })).environments, name));
  assert.deepEqual(await changes(base, head, 'dev'), [
    'web create Service web',
    'api create PreDeploy api',
    'api update Service api variables.LEVEL',
    'cache delete Redis cache',
  ]);
  // The command before a rollout runs again for each artifact.
  assert.deepEqual(await changes(head, later, 'dev'), [
    'api replace PreDeploy api artifact',
    'api update Service api artifact folder',
  ]);
  assert.deepEqual(await changes(head, later, 'prod'), [
    'api replace Job api metadata.name spec.template.spec.containers',
    'api replace Rollout api-predeploy revision workload',
    'api replace RolloutBegin api revision',
    'api update Deployment api spec.template.spec.containers',
    'api replace Rollout api revision',
  ]);
});

test('an environment on one side only is new or removed; --environment chooses one', async (t) => {
  const { commit } = testRepository(t);
  const base = commit(project);
  const head = commit({ 'Pulumi.dev.yaml': undefined, 'Pulumi.test.yaml': project['Pulumi.dev.yaml'] });
  const { environments } = await compareCommits({ base, head, progress });
  const [dev, prod, added] = ['dev', 'prod', 'test'].map((name) => named(environments, name)) as [
    ComparedEnvironment,
    ComparedEnvironment,
    ComparedEnvironment,
  ];
  assert.deepEqual(['before' in dev, 'after' in dev], [true, false]);
  assert.ok(dev.resources.length > 0 && dev.resources.every(({ operation }) => operation === 'delete'));
  assert.deepEqual(prod.resources, []);
  assert.deepEqual(['before' in added, 'after' in added], [false, true]);
  assert.ok(added.resources.every(({ operation }) => operation === 'create'));
  const one = await compareCommits({ base, head, environment: 'test', progress });
  assert.deepEqual(
    one.environments.map(({ name }) => name),
    ['test'],
  );
  await assert.rejects(compareCommits({ base, head, environment: 'tset', progress }), {
    name: 'UserError',
    message: /has an environment "tset"\. Known: dev, prod, test\.$/,
  });
});

test('the files as they are count without --head, with those that git does not track yet', async (t) => {
  const { root, commit, git } = testRepository(t);
  const base = commit({ ...project, '.gitignore': 'ignored\n' }, 'first');
  const same = await compareCommits({ base, progress });
  assert.deepEqual([same.head, same.environments.flatMap(({ resources }) => resources)], [same.base, []]);
  assert.deepEqual(same.base, { hash: base, subject: 'first' });
  writeFileSync(join(root, 'services/api/used.ts'), `import './new.ts';`);
  writeFileSync(join(root, 'services/api/new.ts'), '');
  const status = git('status', '--porcelain');
  const objects = git('count-objects');
  const { head, environments } = await compareCommits({ base, environment: 'dev', progress });
  assert.deepEqual(head, { hash: '', subject: 'the working tree' });
  const { artifact } = evaluated(environments[0]?.after).snapshot.services.api!;
  assert.ok('services/api/new.ts' in artifact!.files);
  assert.deepEqual([git('status', '--porcelain'), git('count-objects')], [status, objects]);
});

test('a side with problems has them, with their places, and the other side is read all the same', async (t) => {
  const { commit } = testRepository(t);
  const base = commit(project);
  const head = commit({
    'stacks/shop.prod.yaml': 'extends: shop.yaml\nservices: { api: { replicas: many } }\n',
    'Pulumi.dev.yaml': 'config: 3\n',
  });
  const { environments } = await compareCommits({ base, head, progress });
  const [dev, prod] = environments;
  assert.ok(evaluated(prod?.before));
  assert.deepEqual(prod?.resources, []);
  assert.deepEqual(problems(prod?.after), [
    'stacks/shop.prod.yaml:2:30 services.api.replicas: "many" is not a number of replicas, or a map with min and max',
  ]);
  assert.match(problems(dev?.after).join('\n'), /^Pulumi\.dev\.yaml:1:1 /);
});

test('a release file that does not fit is a problem at its own line', async (t) => {
  const { commit } = testRepository(t);
  const base = commit(project);
  const pin = `{ hash: ${'a'.repeat(16)}, content: 'sha256:${'0'.repeat(64)}' }`;
  const head = commit({
    'releases/dev.yaml': `version: 1\nenvironment: qa\nstack: { file: stacks/shop.yaml }\ntime: '2026-11-29T06:18:32Z'\nby: Ada\nartifacts:\n  api: ${pin}\n  old: ${pin}\n`,
  });
  const { environments } = await compareCommits({ base, head, progress });
  const [problem = '', ...more] = problems(named(environments, 'dev')?.after);
  assert.match(
    problem,
    /^releases\/dev\.yaml:8:3 artifacts\.old: nothing in the stack file is built as "old"/,
  );
  assert.deepEqual(more, []);
});

test('a project in a folder of its repository', async (t) => {
  const { commit } = testRepository(t, 'apps/shop');
  const moved = Object.entries(project).map(([path, text]) => [`apps/shop/${path}`, text]);
  const base = commit(Object.fromEntries(moved) as Record<string, string>);
  const head = commit({ 'apps/shop/services/api/used.ts': 'changed', 'apps/shop/infra/names.ts': 'changed' });
  const { environments, program } = await compareCommits({ base, head, progress });
  assert.deepEqual(program, { files: ['infra/names.ts'] });
  for (const { resources } of environments)
    assert.deepEqual([...new Set(resources.map((r) => r.service))], ['api']);
});

test('the program: its main module, what it imports, modules of targets, and the version of Railhead', async (t) => {
  const { commit } = testRepository(t);
  const lock = (version: string) =>
    JSON.stringify({ packages: { 'node_modules/railhead': { version, integrity: version } } });
  const base = commit({ ...project, 'package-lock.json': lock('1.0.0') });
  const head = commit({
    'infra/names.ts': 'changed',
    'infra/other.ts': '',
    'package-lock.json': lock('1.1.0'),
  });
  const { program } = await compareCommits({ base, head, environment: 'dev', progress });
  assert.deepEqual(program, { files: ['infra/names.ts'], railhead: { before: '1.0.0', after: '1.1.0' } });
});

function inFolder(t: TestContext, folder: string): void {
  const before = process.cwd();
  process.chdir(folder);
  t.onTestFinished(() => process.chdir(before));
}

function named(environments: ComparedEnvironment[], name: string): ComparedEnvironment {
  const found = environments.find((environment) => environment.name === name);
  assert.ok(found, name);
  return found;
}

function evaluated(side: Side | undefined) {
  assert.ok(side && isEvaluated(side), JSON.stringify(side));
  return side;
}

function problems(side: Side | undefined): string[] {
  assert.ok(side && !isEvaluated(side));
  return side.problems.map(
    ({ file, line, column, path, message }) => `${file}:${line}:${column} ${path}: ${message}`,
  );
}

function summary(environment: ComparedEnvironment | undefined): string[] {
  return (environment?.resources ?? []).map(({ service, operation, type, name, paths }) =>
    `${service ?? '-'} ${operation} ${type.split(':').at(-1)} ${name} ${paths.join(' ')}`.trim(),
  );
}
