import assert from 'node:assert/strict';
import { test, type TestContext } from 'vitest';
import { scratch } from '../../stack/scratch.ts';
import { planEnvironment } from './plan-environment.ts';

const settingsOf = (stackFile: string, target: string) =>
  `config:\n  railhead:stackFile: stacks/${stackFile}\n  railhead:target: ${target}\n`;

const files = {
  'Pulumi.yaml': 'name: shop\nruntime: nodejs\n',
  'Pulumi.dev.yaml': settingsOf('shop.dev.yaml', 'process'),
  'api/main.js': '',
  'api/Dockerfile': 'FROM node:24\n',
  'stacks/shop.yaml': `name: shop
services:
  api: { source: api, dockerfile: Dockerfile, port: 3000, resources: { cpu: 24 } }
`,
  'stacks/shop.dev.yaml':
    'extends: shop.yaml\nservices: { api: { dockerfile: null, resources: null, start: node main.js } }\n',
};

/** Plans the environment `k` on Kubernetes, and returns what its overlay extends and the notes. */
async function plan(t: TestContext, more: Record<string, string> = {}, from = 'dev', target = 'kubernetes') {
  const root = scratch(t, { ...files, ...more });
  const before = process.cwd();
  process.chdir(root);
  t.onTestFinished(() => process.chdir(before));
  const { changes, notes } = await planEnvironment({ root, name: 'k', from, target });
  const text = changes.find(({ path }) => path === 'stacks/shop.k.yaml')?.after ?? '';
  return { base: /^extends: (.*)$/m.exec(text)?.[1], text, notes };
}

const note =
  'k begins with stacks/shop.yaml, not with stacks/shop.dev.yaml: that one contains what the target process needs. Write what else k needs of it into its own overlay.';

test('another target does not inherit an overlay without which the former one cannot run the system', async (t) => {
  assert.deepEqual(await plan(t), {
    base: 'shop.yaml',
    text: '# k is like shop.yaml, except for what this file says.\nextends: shop.yaml\n',
    notes: [note],
  });
});

test('nor does it through an overlay that extends that one', async (t) => {
  const { base } = await plan(
    t,
    {
      'Pulumi.qa.yaml': settingsOf('shop.qa.yaml', 'process'),
      'stacks/shop.qa.yaml': 'extends: shop.dev.yaml\n',
    },
    'qa',
  );
  assert.equal(base, 'shop.yaml');
});

test('the same target inherits it, and so does another one inherit an overlay that has only values', async (t) => {
  assert.equal((await plan(t, {}, 'dev', 'process')).base, 'shop.dev.yaml');
  const values = {
    'Pulumi.dev.yaml': settingsOf('shop.dev.yaml', 'docker'),
    'stacks/shop.dev.yaml': 'extends: shop.yaml\nservices: { api: { variables: { LEVEL: debug } } }\n',
  };
  const { base, notes } = await plan(t, values);
  assert.deepEqual([base, notes], ['shop.dev.yaml', []]);
});

test('it begins with the overlay of its target where an import wrote one', async (t) => {
  const { base, notes } = await plan(t, {
    'stacks/shop.yaml': `${files['stacks/shop.yaml']}  worker: { source: api, ulimits: { nofile: 1024 } }\n`,
    'stacks/shop.dev.yaml': `${files['stacks/shop.dev.yaml'].replace(' } }\n', ' }, worker: { ulimits: null } }\n')}`,
    'stacks/shop.kubernetes.yaml': 'extends: shop.yaml\nservices: { worker: { ulimits: null } }\n',
  });
  assert.equal(base, 'shop.kubernetes.yaml');
  assert.match(
    notes[0] ?? '',
    /^k begins with stacks\/shop\.kubernetes\.yaml, not with stacks\/shop\.dev\.yaml/,
  );
});
