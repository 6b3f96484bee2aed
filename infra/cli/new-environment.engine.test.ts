import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, test } from 'vitest';
import { unless } from '../../tools/testing/unless.ts';
import { previewDocumentSchema } from '../changes/model.ts';
import { lacksEngine } from '../targets/testing/system.ts';
import { openClone, project, railhead, succeed } from './testing.ts';

const settings = `# The environment of this machine.
config:
  railhead:stackFile: stacks/shop.yaml   # one for all
  railhead:target: process
  railhead:ownMachine: true
`;

/** The service runs on the last day of the year. */
const stack = (level: string) => `name: shop
services:
  job: { source: job, cron: 0 0 31 12 *, variables: { LEVEL: ${level} } }
`;

unless(await lacksEngine()).describe('an environment without a stack', () => {
  const { root, write, git, close } = openClone();
  afterAll(close);
  /** Returns everything that a preview or a refusal must leave as it is. */
  const everything = async () => ({
    settings: ['dev', 'two'].map((name) => readFileSync(join(root, `Pulumi.${name}.yaml`), 'utf8')),
    changed: await git('status', '--porcelain'),
    stacks: (await succeed(railhead(root, 'pulumi', 'stack', 'ls', '--json'))).output,
  });
  const digestOf = async (environment: string) => {
    const { code, output, errors } = await railhead(root, 'preview', '-s', environment, '--format', 'json');
    assert.equal(code, 2, errors);
    const { environments } = previewDocumentSchema.parse(JSON.parse(output));
    return environments[0]?.digest ?? assert.fail(output);
  };

  beforeAll(async () => {
    for (const name of ['dev', 'two']) write(`Pulumi.${name}.yaml`, settings);
    write('.gitignore', 'node_modules\n.railhead\ndist\n');
    write('stacks/shop.yaml', stack('info'));
    write('job/main.ts', '');
    await git('init', '-q');
    await git('add', '--all');
    await git('commit', '-q', '-m', 'Open the shop');
  });

  test('a preview creates nothing, a refused update neither, and the reviewed one creates the stack', async () => {
    const before = await everything();
    assert.deepEqual([before.changed, JSON.parse(before.stacks)], ['', []]);
    const reviewed = await digestOf('dev');
    assert.deepEqual(await everything(), before);

    write('stacks/shop.yaml', stack('debug'));
    const refused = await railhead(root, 'up', '-s', 'dev', '--plan', reviewed);
    assert.equal(refused.code, 1, refused.output);
    assert.match(refused.errors, /The steps differ/);
    write('stacks/shop.yaml', stack('info'));
    assert.deepEqual(await everything(), before);

    await succeed(railhead(root, 'up', '-s', 'dev', '--plan', reviewed));
    assert.match((await everything()).stacks, /"dev"/);
    assert.equal((await railhead(root, 'preview', '-s', 'dev')).code, 0);
  });

  test('a fresh checkout with encrypted secrets has the digest that its stack will have', async () => {
    const setSecret = ['config', 'set', '--secret', 'railhead:TOKEN', 'canary-0b7e', '-s', 'two'];
    await succeed(railhead(root, 'pulumi', ...setSecret));
    write('stacks/shop.yaml', stack('"${{secret.TOKEN}}"'));
    const state = join(root, `.railhead/state/.pulumi/stacks/${project}/two.json`);
    for (const file of [state, `${state}.bak`]) rmSync(file, { force: true });
    const before = await everything();
    assert.doesNotMatch(before.stacks, /"two"/);
    const reviewed = await digestOf('two');
    assert.deepEqual(await everything(), before);
    // Plain Pulumi needs the stack, so this command creates it.
    await succeed(railhead(root, 'pulumi', 'config', '-s', 'two'));
    assert.match((await everything()).stacks, /"two"/);
    assert.equal(await digestOf('two'), reviewed);
  });

  test('settings with environments of Pulumi ESC, which only Pulumi Cloud has, get the same command', async () => {
    write('stacks/shop.yaml', stack('info'));
    write('Pulumi.four.yaml', `environment: [shop/four]\n${settings}`);
    const { code, errors } = await railhead(root, 'preview', '-s', 'four');
    assert.equal(code, 1);
    assert.match(errors, /Create the stack, then preview again: npm run pulumi -- stack init four/);
  });

  test('a program that reads another stack gets the command that creates its own', async () => {
    const program = readFileSync(join(root, 'infra/index.ts'), 'utf8');
    const reference = `import { StackReference } from '@pulumi/pulumi';
new StackReference('organization/${project}/none');
`;
    write('infra/index.ts', reference + program);
    write('stacks/shop.yaml', stack('info'));
    write('Pulumi.three.yaml', settings);
    const { code, errors } = await railhead(root, 'preview', '-s', 'three');
    assert.equal(code, 1);
    assert.match(errors, /Create the stack, then preview again: npm run pulumi -- stack init three/);
  });
});
