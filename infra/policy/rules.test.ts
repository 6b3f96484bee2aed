import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'vitest';
import { packageRoot } from '../common/roots.ts';
import { markdownTable } from '../common/table.ts';
import { stages } from '../stack/policy.ts';
import { scratch } from '../stack/scratch.ts';
import { standardTargets } from '../targets/index.ts';
import type { Target } from '../targets/shared/target.ts';
import { checkPolicy, type PolicyCheck } from './check.ts';
import { rules } from './rules/index.ts';
import { variable, type Breach } from './testing/breach.ts';
import { breaches } from './testing/breaches.ts';
import { goodStack, plan } from './testing/planned.ts';

for (const target of await standardTargets()) {
  test(`${target.name}: a stack that keeps every rule of production has no findings`, async (t) => {
    assert.deepEqual(await checkPolicy(await planIn(t, target, goodStack(target))), []);
  });

  test(`${target.name}: each breach is found by its rule, once`, async (t) => {
    for (const breach of breaches.filter(({ on }) => on.includes(target.name))) {
      const found = await findingsOf(await broken(t, target, breach));
      assert.equal(found.length, 1, `${breach.rule}, ${breach.found}: ${JSON.stringify(found)}`);
      assert.ok(found[0]!.startsWith(`${breach.rule} `), found[0]);
      assert.match(found[0]!.slice(breach.rule.length + 1), breach.found);
    }
  });
}

test('a rule does not demand fields that the target refuses or ignores', async (t) => {
  for (const target of await standardTargets()) {
    const others = breaches.filter(({ on, stack }) => stack && !on.includes(target.name));
    for (const breach of others) {
      const check = await broken(t, target, breach).catch(() => undefined); // The target refuses the stack file.
      if (check) assert.deepEqual(await findingsOf(check), [], `${target.name}: ${breach.rule}`);
    }
  }
});

test('every rule has a breach, and is an error in production', () => {
  assert.deepEqual(
    [...new Set(breaches.map(({ rule }) => rule))].toSorted(),
    rules.map(({ name }) => name).toSorted(),
  );
  assert.deepEqual(
    rules.filter(({ levels }) => levels.production !== 'error'),
    [],
  );
});

test('the table of rules in the README is that of the rules', () => {
  const readme = readFileSync(join(packageRoot, 'README.md'), 'utf8');
  const rows = rules.map(({ name, description, levels }) => [
    `\`${name}\``,
    description.replace(/\.$/, ''),
    ...stages.map((stage) => levels[stage] ?? ''),
  ]);
  const table = markdownTable([['rule', 'what it demands', ...stages], ...rows]).join('\n');
  assert.ok(readme.includes(table), table);
});

test('what looks like a credential and is not one is no finding', async (t) => {
  const [target] = await standardTargets();
  for (const [name, value] of [
    ['API_TOKEN', '${{secret.API_TOKEN}}'],
    ['API_TOKEN', ''],
    ['TOKEN_TTL', '3600'],
    ['PASSWORD_FILE', '/run/secrets/password'],
    ['PUBLIC_KEY', 'abc'],
    ['REQUIRE_TOKEN', 'true'],
    ['CACHE', 'redis://:${{secret.REDIS_PASSWORD}}@cache:6379'],
    ['PAGE', 'https://example.com:8080/@acme'],
  ] as const) {
    const check = await planIn(t, target!, variable(name, value)(goodStack(target!)));
    assert.deepEqual(await findingsOf(check), [], name);
  }
});

async function findingsOf(check: PolicyCheck): Promise<string[]> {
  return (await checkPolicy(check)).map(
    ({ rule, service = '-', message }) => `${rule} ${service}: ${message}`,
  );
}

async function broken(t: TestContext, target: Target, breach: Breach): Promise<PolicyCheck> {
  const { stack = (good: object) => good, resources } = breach;
  const check = await planIn(t, target, stack(goodStack(target)));
  resources?.(check.resources);
  return check;
}

async function planIn(t: TestContext, target: Target, stack: object): Promise<PolicyCheck> {
  return plan(scratch(t, { 'app/main.ts': '' }), stack, target);
}
