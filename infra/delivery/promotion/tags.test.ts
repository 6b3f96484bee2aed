import assert from 'node:assert/strict';
import { test } from 'vitest';
import { buildGraph } from '../../graph/graph.ts';
import { parseStack } from '../../stack/load.ts';
import { tagProblems } from './tags.ts';

const digest = `@sha256:${'d'.repeat(64)}`;
const problems = (image: string, policy: object = {}, ownMachine = false) => {
  const stack = parseStack(
    `name: shop\nservices:\n  proxy:\n    image: ${image}\npolicy: ${JSON.stringify(policy)}\n`,
    'stacks/qa.yaml',
  );
  const graph = buildGraph(stack, 'qa');
  return tagProblems({ name: 'qa', ownMachine }, { stack, graph }, '2026-03-04');
};

test('an image that is named by its tag is refused with its place', () => {
  assert.deepEqual(problems('nginx:1.29'), [
    'stacks/qa.yaml:4:12: qa runs nginx:1.29, and its tag can name another image tomorrow. Add the digest of the image that was tested: image: nginx:1.29@sha256:…',
  ]);
  assert.deepEqual(problems(`nginx:1.29${digest}`), []);
});

test('the stage and the waivers of the rule image-digest decide', () => {
  assert.deepEqual(problems('nginx:1.29', {}, true), []);
  assert.deepEqual(problems('nginx:1.29', { stage: 'development' }), []);
  const waiver = (until: string) => ({
    waivers: [{ rule: 'image-digest', service: 'proxy', reason: 'soon', until }],
  });
  assert.deepEqual(problems('nginx:1.29', waiver('2026-04-01')), []);
  assert.match(problems('nginx:1.29', waiver('2026-03-01')).join(), /its waiver ended on 2026-03-01/);
});
