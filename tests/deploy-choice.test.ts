import assert from 'node:assert/strict';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { test } from 'vitest';
import { parse } from 'yaml';
import { packageRoot } from '../infra/common/roots.ts';
import { environmentsOutput } from '../infra/delivery/affected/matrix.ts';
import { scratch } from '../infra/stack/scratch.ts';
import { capture } from '../tools/command.ts';

const workflow = parse(readFileSync(join(packageRoot, 'infra/github/workflows/deploy.yml'), 'utf8')) as {
  jobs: { find: { steps: { id?: string; run?: string }[] } };
};
const script = workflow.jobs.find.steps.find(({ id }) => id === 'chosen')?.run ?? '';

test('deploy.yml deploys by hand only an environment that a pipeline deploys', async (t) => {
  const folder = scratch(t, { npx: '', list: '', output: '' });
  const [npx, list, output] = [join(folder, 'npx'), join(folder, 'list'), join(folder, 'output')];
  writeFileSync(npx, `#!/bin/sh\n[ "$*" = "--no -- railhead env list --github" ] && cat '${list}'\n`);
  chmodSync(npx, 0o755);
  /** Runs the step with a name, and returns the problem, or what it wrote. */
  const choose = async (name: string, environments: string[]) => {
    writeFileSync(list, `${environmentsOutput(environments)}\n`);
    writeFileSync(output, '');
    const PATH = [folder, process.env.PATH].join(delimiter);
    // As GitHub runs a step.
    const { code, stdout } = await capture('bash', ['-e', '-c', script], {
      env: { PATH, CHOSEN: JSON.stringify(name), GITHUB_OUTPUT: output },
    });
    return code === 0 ? readFileSync(output, 'utf8') : stdout;
  };
  for (const name of ['dev', 'qa', 'prod'])
    assert.equal(await choose(name, ['dev', 'qa', 'prod']), `environments=["${name}"]\n`);
  for (const name of ['laptop', 'de', 'pr-7', 'dev","qa', '*', '', '"; exit 0; "']) {
    const problem = await choose(name, ['dev', 'qa']);
    assert.equal(
      problem,
      `::error::No workflow deploys ${JSON.stringify(name)}. To see the environments: npx --no -- railhead env list\n`,
    );
  }
  assert.match(await choose('dev', []), /^::error::/);
});
