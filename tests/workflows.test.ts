import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'vitest';
import { parse } from 'yaml';
import { artifactName, documentFile, numberFile } from '../infra/github/artifact.ts';
import { packageRoot } from '../infra/common/roots.ts';
import { capture } from '../tools/command.ts';
import { unless } from '../tools/testing/unless.ts';

interface Step {
  uses?: string;
  run?: string;
  env?: Record<string, string>;
  with?: Record<string, unknown>;
}
interface Workflow {
  name: string;
  on: unknown;
  permissions?: unknown;
  concurrency?: Concurrency;
  jobs: Record<string, Job>;
}
interface Job {
  if?: string;
  'runs-on': string;
  'timeout-minutes'?: number;
  environment?: unknown;
  concurrency?: Concurrency;
  env?: unknown;
  steps: Step[];
}
interface Concurrency {
  group: string;
  'cancel-in-progress'?: boolean;
}
interface Action {
  runs: { steps: Step[] };
}

const read = (file: string) => readFileSync(join(packageRoot, file), 'utf8');
const workflowFiles = globSync(['.github/workflows/*', 'infra/github/workflows/*'], {
  cwd: packageRoot,
}).toSorted();
const workflows = workflowFiles.map((file) => ({ file, workflow: parse(read(file)) as Workflow }));
const workflowOf = (file: string) => {
  const found = workflows.find((each) => each.file === `infra/github/workflows/${file}`);
  assert.ok(found, file);
  return found.workflow;
};
const actionFiles = globSync('action/*/action.yml', { cwd: packageRoot }).toSorted();
const actions = actionFiles.map((file) => ({ file, steps: (parse(read(file)) as Action).runs.steps }));
const steps = [
  ...workflows.flatMap(({ file, workflow }) =>
    Object.values(workflow.jobs).flatMap((job) => job.steps.map((step) => ({ file, ...step }))),
  ),
  ...actions.flatMap(({ file, steps }) => steps.map((step) => ({ file, ...step }))),
];

test('every action of others is pinned by the hash of a commit, with its version in a comment', () => {
  const lines = [...workflowFiles, ...actionFiles].flatMap((file) =>
    read(file)
      .split('\n')
      .filter((line) => /\buses:/.test(line))
      .map((line) => `${file}: ${line.trim()}`),
  );
  assert.ok(lines.length >= 6, lines.join('\n'));
  const pinned = /uses: (?:\.\/action\/\w+|[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/;
  assert.deepEqual(
    lines.filter((line) => !pinned.test(line)),
    [],
  );
});

test('one action has one version everywhere', () => {
  const versions = new Map<string, Set<string>>();
  for (const { uses = '' } of steps) {
    const [name = '', version] = uses.split('@');
    if (version !== undefined) versions.set(name, (versions.get(name) ?? new Set()).add(version));
  }
  assert.deepEqual(
    [...versions].filter(([, all]) => all.size > 1),
    [],
  );
});

test('no script contains an expression: what an event says is data in a variable', () => {
  const scripts = steps.flatMap(({ file, run }) => (run === undefined ? [] : [{ file, run }]));
  assert.ok(scripts.length > 0);
  assert.deepEqual(
    scripts.filter(({ run }) => run.includes('${{')),
    [],
  );
});

test('no checkout leaves a token in the clone', () => {
  const checkouts = steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'));
  assert.ok(checkouts.length >= 3);
  assert.deepEqual(
    checkouts.filter((step) => step.with?.['persist-credentials'] !== false),
    [],
  );
});

test('every workflow names its permissions, and every job has a time limit', () => {
  const wrong = workflows.filter(
    ({ workflow }) =>
      workflow.permissions === undefined ||
      Object.values(workflow.jobs).some((job) => job['timeout-minutes'] === undefined),
  );
  assert.deepEqual(
    wrong.map(({ file }) => file),
    [],
  );
});

test('the workflow of previews never runs the code of a pull request with permissions to write', () => {
  const of = (file: string) => workflows.find((each) => each.file === `.github/workflows/${file}`)?.workflow;
  for (const file of workflowFiles) assert.doesNotMatch(read(file), /pull_request_target/);
  assert.deepEqual(
    [of('preview.yml')?.on, of('preview.yml')?.permissions],
    ['pull_request', { contents: 'read' }],
  );
  assert.doesNotMatch(read('.github/workflows/preview.yml'), /secrets\./);
  assert.deepEqual(of('preview-post.yml')?.on, {
    workflow_run: { workflows: [of('preview.yml')?.name], types: ['completed'] },
  });
  assert.doesNotMatch(read('.github/workflows/preview-post.yml'), /ref:|head_sha/);
});

test('action/preview writes the files that the poster reads', () => {
  const text = read('action/preview/action.yml');
  for (const name of [artifactName, numberFile, documentFile]) assert.ok(text.includes(`/${name}"`), name);
  assert.ok(text.includes(`name: ${artifactName}\n`));
});

test('a secret is in the environment of one railhead command, and not where packages are installed', () => {
  const secret = /\$\{\{[^}]*(?:secrets\.|github\.token)/;
  for (const { file, workflow } of workflows) {
    for (const job of Object.values(workflow.jobs))
      assert.doesNotMatch(JSON.stringify(job.env ?? {}), secret, file);
  }
  const given = steps.filter(
    ({ file, env }) => file.startsWith('infra/') && secret.test(Object.values(env ?? {}).join()),
  );
  assert.ok(given.length >= 7, `${given.length} steps`);
  for (const { file, run } of given) assert.match(run ?? '', /^npx --no -- railhead /, file);
});

test('a job with the secrets of an environment runs alone, and is never cancelled by a later one', () => {
  const jobs = workflows.flatMap(({ file, workflow }) =>
    Object.values(workflow.jobs).map((job) => ({
      file,
      ...job,
      concurrency: job.concurrency ?? workflow.concurrency,
    })),
  );
  const deploying = jobs.filter(({ environment }) => environment !== undefined);
  assert.equal(deploying.length, 6);
  for (const { file, concurrency } of deploying)
    assert.equal(concurrency?.['cancel-in-progress'], false, file);
});

test('a skipped run of pr-env.yml replaces no waiting one: its jobs share a group, which a skipped job does not enter', () => {
  const { concurrency, jobs } = workflowOf('pr-env.yml');
  assert.equal(concurrency, undefined);
  const groups = Object.values(jobs).map((job) => job.concurrency?.group);
  assert.deepEqual(groups, Array(2).fill('pr-env-${{ github.event.pull_request.number }}'));
});

test('a closed pull request starts no environment, and its code never runs where deployments do', () => {
  assert.match(
    workflowOf('pr-env.yml').jobs['up']?.if ?? '',
    / && github\.event\.pull_request\.state == 'open' && /,
  );
  const jobs = ['pr-env.yml', 'reaper.yml'].flatMap((file) => Object.values(workflowOf(file).jobs));
  assert.deepEqual(
    jobs.map((job) => job['runs-on']),
    Array(3).fill("${{ vars.RAILHEAD_PR_RUNNER || 'ubuntu-24.04' }}"),
  );
});

test('the code of a fork gets no secret', () => {
  for (const { file, workflow } of workflows) {
    if (!JSON.stringify(workflow.on).includes('pull_request') || !/secrets\./.test(read(file))) continue;
    assert.equal(file, 'infra/github/workflows/pr-env.yml');
    for (const job of Object.values(workflow.jobs))
      assert.match(
        job.if ?? '',
        /^github\.event\.pull_request\.head\.repo\.full_name == github\.repository && /,
      );
  }
});

test('the guide and the package have every workflow for users', () => {
  const ours = workflowFiles.filter((file) => file.startsWith('infra/'));
  assert.equal(ours.length, 6);
  const guide = read('infra/github/README.md');
  for (const file of ours) assert.ok(guide.includes(`(${file.slice('infra/github/'.length)})`), file);
  const { files } = JSON.parse(read('package.json')) as { files: string[] };
  assert.ok(files.includes('infra/github/workflows'));
});

test('the logins to clouds in the guide are pinned too', () => {
  const lines = read('infra/github/README.md')
    .split('\n')
    .filter((line) => /\buses: [\w-]+\//.test(line));
  assert.ok(lines.length > 0);
  for (const line of lines) assert.match(line, /uses: [\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});

unless(await actionlintLack()).test('actionlint finds nothing in any workflow', async () => {
  const { code, stdout } = await capture('actionlint', workflowFiles, { cwd: packageRoot });
  assert.equal(code, 0, stdout);
});

async function actionlintLack(): Promise<string | undefined> {
  const { code } = await capture('actionlint', ['-version']);
  return code === 0
    ? undefined
    : 'no program "actionlint" on the PATH: CONTRIBUTING.md says where it comes from';
}
