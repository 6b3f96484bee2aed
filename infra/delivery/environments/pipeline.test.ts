import assert from 'node:assert/strict';
import { test } from 'vitest';
import { scratch } from '../../stack/scratch.ts';
import { pipelineEnvironments } from './pipeline.ts';

const settings = (more: object = {}) =>
  JSON.stringify({
    config: { 'railhead:stackFile': 'stacks/shop.yaml', 'railhead:target': 'process', ...more },
  });

test('a pipeline deploys neither what belongs to one machine, nor to a pull request, nor what waits for a promotion', (t) => {
  const root = scratch(t, {
    'Pulumi.dev.yaml': settings(),
    'Pulumi.laptop.yaml': settings({ 'railhead:ownMachine': true }),
    'Pulumi.pr-7.yaml': settings(),
    'Pulumi.staging.yaml': settings({ 'railhead:promotesFrom': 'dev' }),
    'Pulumi.prod.yaml': settings({ 'railhead:promotesFrom': 'staging' }),
    'releases/staging.yaml': '',
  });
  assert.deepEqual(pipelineEnvironments(root), ['dev', 'staging']);
});
