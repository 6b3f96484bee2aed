import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'vitest';
import { UserError } from '../../../tools/user-error.ts';
import { packageRoot } from '../../common/roots.ts';
import { scratch } from '../../stack/scratch.ts';
import { chooseTarget } from '../../targets/index.ts';
import { checkPolicy } from '../check.ts';
import { plan } from '../testing/planned.ts';

const target = await chooseTarget({ name: 'test', target: 'docker' });

const stack = {
  name: 'shop',
  services: { a: { image: 'acme/a:1', variables: { TOKEN: '${{secret.TOKEN}}' } } },
  policy: { stage: 'development', rules: 'policies' },
};

/** Checks a stack with these files in the folder of the team's rules. */
async function check(t: TestContext, files: Record<string, string>) {
  const folder = scratch(t, { 'package.json': '{ "type": "module" }', 'policies/': '' });
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(packageRoot, join(folder, 'node_modules/railhead'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, 'policies', name), text);
  return checkPolicy(await plan(folder, stack, target));
}

const rule = (body: string, name = 'own') => `
import { definePolicy, type PolicyInput } from 'railhead/policy';
export default definePolicy({
  name: '${name}', description: 'x', levels: { development: 'error' },
  check: ${body},
});
`;

test('a rule gets the stack, the graph, the resources, the environment and the target as plain data', async (t) => {
  const body = `({ stack, graph, resources, environment, target }: PolicyInput) => [{
    path: ['services', 'a', 'image'],
    message: [stack.name, graph.services.length, resources.some(({ component }) => component === 'a'),
      environment.stage, target.name, target.unsupported.includes('observability')].join(' '),
  }]`;
  const findings = await check(t, { 'own.ts': rule(body) });
  assert.deepEqual(
    findings.map(({ place, ...finding }) => ({ ...finding, line: place?.line })),
    [{ rule: 'own', service: 'a', level: 'error', message: 'shop 1 true development docker true', line: 4 }],
  );
});

test('a rule can be asynchronous, and is not run at a stage without a level', async (t) => {
  const late = rule(`async () => [{ path: [], message: 'late' }]`);
  const other = rule(`() => { throw new Error('ran') }`, 'other').replace('development', 'production');
  const findings = await check(t, { 'late.ts': late, 'other.ts': other });
  assert.deepEqual(
    findings.map(({ message }) => message),
    ['late'],
  );
});

test('tests, types and other files in the folder are no rules', async (t) => {
  const broken = 'this is no rule';
  const files = { 'own.js': rule('() => []').replace(', type PolicyInput', '') };
  assert.deepEqual(
    await check(t, { ...files, 'own.test.ts': broken, 'x.d.ts': broken, 'README.md': broken }),
    [],
  );
});

const mistakes: [title: string, text: string, problem: RegExp][] = [
  ['does not parse', 'export default {', /policies\/own\.ts: does not load: /],
  [
    'imports what is missing',
    "import 'missing-package'",
    /policies\/own\.ts: does not load: .*missing-package/,
  ],
  ['exports nothing', 'export const x = 1', /policies\/own\.ts: has no default export that definePolicy\(\)/],
  ['throws', rule(`() => { throw new Error('broken') }`), /policies\/own\.ts: the rule "own" failed: broken/],
  ['returns no list', rule('() => true'), /policies\/own\.ts: the rule "own" must return a list of problems/],
  ['returns a function', rule('() => [() => 1]'), /policies\/own\.ts: the rule "own" must return a list/],
  ['ends the process', rule('() => process.exit(3)'), /policies\/own\.ts: ended its thread with exit code 3/],
  ['has the name of another rule', rule('() => []', 'limits'), /two rules with the name "limits"/],
];
for (const [title, text, problem] of mistakes) {
  test(`a rule that ${title} is an error with its file`, async (t) => {
    await assert.rejects(check(t, { 'own.ts': text }), (error) => {
      assert.ok(error instanceof UserError);
      assert.match(error.message, problem);
      return true;
    });
  });
}

test('a rule that does not end is ended, while its file is loaded or while it checks', async (t) => {
  const files = { 'load.ts': 'while (true);', 'check.ts': rule('() => { while (true); }') };
  await assert.rejects(check(t, files), ({ message }: Error) => {
    assert.match(message, /policies\/check\.ts: did not end within 10 s/);
    assert.match(message, /policies\/load\.ts: did not end within 10 s/);
    return true;
  });
});

test('a rule sees no variables of the process', async (t) => {
  const body = `() => [{ path: [], message: String(Object.keys(process.env).length) }]`;
  assert.equal((await check(t, { 'own.ts': rule(body) }))[0]!.message, '0');
});
