import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'vitest';
import { defaultEnvironment } from './default-environment.ts';

test.each([
  [['dev', 'prod', 'a'], 'dev'],
  [['prod'], 'prod'],
] as const)('without -s, a command works on dev or on the only environment: %o', (names, expected) => {
  assert.equal(inProject(names, defaultEnvironment), expected);
});

test.each([
  [['prod', 'a'], /There is more than one environment, and none is called "dev"\. .* -s: a, prod\.$/],
  [[], / has no environment: there is no Pulumi\.<env>\.yaml\. Next: npx --no -- railhead init$/],
] as const)('no environment is guessed: %o', (names, problem) => {
  assert.throws(() => inProject(names, defaultEnvironment), problem);
});

function inProject<T>(environments: readonly string[], work: () => T): T {
  const root = mkdtempSync(join(tmpdir(), 'railhead-default-'));
  const before = process.cwd();
  try {
    for (const name of ['Pulumi.yaml', ...environments.map((one) => `Pulumi.${one}.yaml`)])
      writeFileSync(join(root, name), '');
    process.chdir(root);
    return work();
  } finally {
    process.chdir(before);
    rmSync(root, { recursive: true });
  }
}
