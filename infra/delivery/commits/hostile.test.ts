import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'vitest';
import { scratch } from '../../stack/scratch.ts';
import { compareCommits, type ComparedCommits, type ComparedEnvironment } from './compare-commits.ts';
import { isEvaluated } from './evaluate.ts';
import { project, testRepository, type TestRepository } from './testing.ts';

const canary = 'canary';

/** Adds to a repository what a hostile commit contains. */
type Attack = (repository: TestRepository) => Record<string, string>;

/**
 * Compares the environment `dev` before and after an attack. The project is in a folder of the repository, in which the former
 * commit is checked out.
 */
async function attack(
  t: TestContext,
  files: Attack,
  configure: (repository: TestRepository) => void = () => undefined,
): Promise<ComparedEnvironment & ComparedCommits> {
  const repository = testRepository(t, 'project');
  const moved = (all: Record<string, string>) =>
    Object.fromEntries(Object.entries(all).map(([path, text]) => [`project/${path}`, text]));
  const base = repository.commit(moved(project));
  const head = repository.commit(moved(files(repository)));
  repository.git('checkout', '-q', base);
  configure(repository);
  const compared = await compareCommits({ base, head, environment: 'dev', progress: () => undefined });
  const [dev] = compared.environments;
  assert.ok(dev?.before && isEvaluated(dev.before), 'the former side is not affected');
  assert.ok(!JSON.stringify(compared).includes(canary), 'nothing from outside is shown');
  return { ...compared, ...dev };
}

/** Returns the problems of the later side, one per line. */
async function problemsOf(t: TestContext, files: Attack): Promise<string> {
  const { after } = await attack(t, files);
  assert.ok(after && !isEvaluated(after), 'the later side has problems');
  return after.problems
    .map(({ file, line, column, path, message }) => `${file}:${line}:${column} ${path}: ${message}`)
    .join('\n');
}

const stack = (text: string) => ({ 'stacks/shop.yaml': text });
const settings = (fields: string) => ({ 'Pulumi.dev.yaml': `config:\n${fields}` });

test('a stack file extends no file outside of the repository', async (t) => {
  const outside = scratch(t, { 'stack.yaml': `name: x\nservices: { ${canary}: [${canary}] }\n` });
  for (const path of [
    '/etc/passwd',
    join(outside, 'stack.yaml'),
    `../../..${outside}/stack.yaml`,
    '/proc/self/environ',
  ]) {
    const found = await problemsOf(t, () => stack(`name: x\nextends: ${path}\n`));
    assert.equal(
      found,
      `stacks/shop.yaml:2:10 extends: ${JSON.stringify(path)} is outside of the repository`,
    );
  }
});

test('settings name no stack file outside of the repository', async (t) => {
  for (const path of ['/etc/passwd', '../../../etc/passwd', 'stacks/../../../x.yaml']) {
    const found = await problemsOf(t, () =>
      settings(`  railhead:target: process\n  railhead:stackFile: ${path}\n`),
    );
    const message = `${JSON.stringify(path)} is outside of the repository`;
    assert.equal(found, `Pulumi.dev.yaml:3:3 railhead:stackFile: ${message}`);
  }
});

test('a service has no source outside of the project', async (t) => {
  for (const source of ['/etc', '../..', 'services/../../..']) {
    const found = await problemsOf(t, () => stack(`name: x\nservices:\n  api: { source: "${source}" }\n`));
    assert.match(
      found,
      /^stacks\/shop\.yaml:3:18 services\.api\.source: .* is not a folder inside the repository/,
    );
  }
});

test('a symbolic link is a file that contains its target', async (t) => {
  const outside = scratch(t, {
    'stack.yaml': `name: ${canary}\n`,
    'api/main.ts': `import './${canary}.ts';`,
  });
  const link =
    (path: string, target: string): Attack =>
    ({ root }) => {
      symlinkSync(join(outside, target), join(root, 'project', path));
      return {};
    };
  const folder = await problemsOf(t, (repository) => ({
    ...link('services/link', 'api')(repository),
    ...stack('name: x\nservices:\n  api: { source: services/link }\n'),
  }));
  assert.match(folder, /^stacks\/shop\.yaml:3:18 services\.api\.source: "services\/link" is not a folder/);
  const extended = await problemsOf(t, (repository) => ({
    ...link('stacks/link.yaml', 'stack.yaml')(repository),
    ...stack('name: x\nextends: link.yaml\n'),
  }));
  assert.match(extended, /^stacks\/link\.yaml:1:1 : a stack file is a map/);
  const module = await attack(t, link('services/api/link.ts', 'api/main.ts'));
  assert.deepEqual(module.resources, []);
});

test('no module of a commit is loaded, and none of the checkout that its environments do not use', async (t) => {
  const marker = join(scratch(t, {}), 'marker');
  const code = `import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(marker)}, '');`;
  for (const target of ['./targets/evil.ts', './infra/index.ts', `./../../../..${marker}.ts`]) {
    const found = await problemsOf(t, () => ({
      ...settings(`  railhead:stackFile: stacks/shop.yaml\n  railhead:target: ${target}\n`),
      'targets/evil.ts': code,
      'infra/index.ts': code,
    }));
    assert.match(found, /^Pulumi\.dev\.yaml:3:3 railhead:target: names the module \S+, which no environment/);
  }
  const { program } = await attack(t, () => ({
    'infra/index.ts': code,
    'Pulumi.yaml': 'name: x\nmain: infra/index.ts\n',
  }));
  assert.deepEqual(program.files, ['Pulumi.yaml', 'infra/index.ts']);
  assert.ok(!existsSync(marker));
});

test('git runs no filter and no hook, and line ends stay as they are committed', async (t) => {
  const marker = join(scratch(t, {}), 'marker');
  const configure = ({ root, git }: TestRepository) => {
    for (const step of ['smudge', 'clean']) git('config', `filter.evil.${step}`, `touch ${marker}; cat`);
    git('config', 'core.autocrlf', 'true');
    for (const hook of ['post-checkout', 'post-index-change']) {
      writeFileSync(join(root, '.git/hooks', hook), `#!/bin/sh\ntouch ${marker}\n`, { mode: 0o755 });
    }
  };
  const attributes = { '.gitattributes': '* text=auto eol=crlf filter=evil\n' };
  const { resources } = await attack(t, () => attributes, configure);
  assert.deepEqual(resources, []);
  assert.ok(!existsSync(marker));
});

test('a long file is compared by its hash and not read', async (t) => {
  const { resources } = await attack(t, () => ({
    'services/api/used.ts': `import './${'x'.repeat(17 * 1024 * 1024)}';`,
  }));
  assert.deepEqual(
    resources.map(({ service, operation, paths }) => [service, operation, paths]),
    [['api', 'update', ['artifact', 'folder']]],
  );
  const long = `name: x\n${'# long\n'.repeat(3 * 1024 * 1024)}`;
  assert.match(await problemsOf(t, () => stack(long)), /^stacks\/shop\.yaml:1:1 : /);
});

test('files that are not what they should be are problems of their side', async (t) => {
  const all: [Record<string, string>, RegExp][] = [
    [settings('  railhead:stackFile: [}\n'), /^Pulumi\.dev\.yaml:1:1 /],
    [{ 'Pulumi.dev.yaml': 'null' }, /^Pulumi\.dev\.yaml:1:1 /],
    [{ 'Pulumi.dev.yaml': '&a [*a, *a]' }, /^Pulumi\.dev\.yaml:1:1 /],
    [
      settings(
        '  railhead:stackFile: stacks/shop.yaml\n  railhead:target: process\n  railhead:keyGeneration: many\n',
      ),
      /^Pulumi\.dev\.yaml:1:1 .*keyGeneration/,
    ],
    [stack('name: x\nservices: { __proto__: { image: a } }\n'), /^stacks\/shop\.yaml:2:/],
  ];
  for (const [files, expected] of all) assert.match(await problemsOf(t, () => files), expected);
  const { resources } = await attack(t, () => ({
    'package-lock.json': '{ "packages": { "node_modules/one": 3 } }',
  }));
  assert.ok(resources.length > 0);
});

test('the temporary folder is removed, and the repository stays as it was', async (t) => {
  const own = () => readdirSync(tmpdir()).filter((name) => name.startsWith('railhead-commits-'));
  const { root, commit, git } = testRepository(t);
  const base = commit(project);
  const index = readFileSync(join(root, '.git/index'));
  const { TMPDIR } = process.env;
  process.env.TMPDIR = scratch(t, {});
  t.onTestFinished(() => {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
  });
  await compareCommits({ base, progress: () => undefined });
  await assert.rejects(compareCommits({ base, head: 'nowhere', progress: () => undefined }));
  assert.deepEqual(own(), []);
  assert.equal(git('worktree', 'list').split('\n').length, 1);
  assert.deepEqual(readFileSync(join(root, '.git/index')), index);
});
