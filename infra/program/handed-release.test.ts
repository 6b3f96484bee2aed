import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { test } from 'vitest';
import { graphOf } from '../graph/scratch-graph.ts';
import { processTarget } from '../targets/process/target.ts';
import { scratch } from '../stack/scratch.ts';
import { handedRelease, handRelease } from './handed-release.ts';

test('the program takes the release that was built for its graph, from a file that only the user can read', (t) => {
  const root = scratch(t, {});
  const stack = (variable: string) =>
    graphOf(t, `name: x\nservices: { app: { source: app, variables: { A: ${variable} } } }\n`);
  const built = { target: processTarget, graph: stack('one') };
  const inputs = { folder: 'app', files: { 'app/main.ts': 'bb22' }, packages: {}, settings: '' };
  const path = '/clone/.railhead/artifacts/app-aa11';
  const release = { app: { service: 'app', hash: 'aa11', path, inputs } };
  assert.equal(handedRelease(built), undefined);
  const variables = handRelease(root, built, release);
  Object.assign(process.env, variables);
  t.onTestFinished(() => {
    for (const name of Object.keys(variables)) delete process.env[name];
  });
  assert.deepEqual(handedRelease(built), release);
  assert.equal(handedRelease({ ...built, graph: stack('two') }), undefined, 'the stack file has changed');
  for (const file of Object.values(variables)) assert.equal(statSync(file).mode & 0o777, 0o600);
});
