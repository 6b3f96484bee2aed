import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'vitest';
import { packageRoot, projectRoot } from './roots.ts';

function inFolder(t: TestContext, name: string): string {
  const top = realpathSync(mkdtempSync(join(tmpdir(), 'railhead-roots-')));
  const folder = join(top, name);
  mkdirSync(folder, { recursive: true });
  const before = process.cwd();
  process.chdir(folder);
  t.onTestFinished(() => {
    process.chdir(before);
    rmSync(top, { recursive: true });
  });
  return top;
}

test('the project is the nearest folder with a Pulumi.yaml, from the current folder upwards', (t) => {
  const top = inFolder(t, 'straße mit/apps/shop/src');
  writeFileSync(join(top, 'Pulumi.yaml'), '');
  assert.equal(projectRoot(), top);
  writeFileSync(join(top, 'straße mit/apps/shop/Pulumi.yaml'), '');
  assert.equal(projectRoot(), join(top, 'straße mit/apps/shop'));
});

test('outside a project, the message says where it looked and what next', (t) => {
  const top = inFolder(t, '.');
  assert.throws(() => projectRoot(), {
    name: 'UserError',
    message: `There is no Pulumi.yaml in ${top} or above it. Change to the folder of your project, or make one: npx --no -- railhead init`,
  });
});

test('the package is where its code is, whatever the current folder is', (t) => {
  inFolder(t, '.');
  assert.equal(packageRoot, join(import.meta.dirname, '../..'));
});
