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
  const texts = () => ['name: x'];
  assert.equal(handedRelease(built, texts), undefined);
  const variables = handRelease(root, built, { texts: texts(), release });
  Object.assign(process.env, variables);
  t.onTestFinished(() => {
    for (const name of Object.keys(variables)) delete process.env[name];
  });
  assert.deepEqual(handedRelease(built, texts), release);
  assert.deepEqual(
    handedRelease(built, () => ['# name\nname: x']),
    release,
    'only a comment',
  );
  const other = { ...built, graph: stack('two') };
  assert.equal(handedRelease(other, texts), undefined, 'the program passes something else');
  assert.throws(
    () => handedRelease(other, () => ['name: y']),
    /^UserError: The stack file was saved after .* nothing was changed/,
  );
  for (const file of Object.values(variables)) assert.equal(statSync(file).mode & 0o777, 0o600);
});
