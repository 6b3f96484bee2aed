import assert from 'node:assert/strict';
import { test } from 'vitest';
import { valueOf } from '../../plan/testing/values.ts';
import { fillVariables } from '../../plan/template.ts';
import { environmentArgs, partVariables } from './environment.ts';
import { literals } from './literal.ts';
import { revisionOf } from './secret.ts';
import { codeNode } from '../../graph/scratch-graph.ts';
import { scratchStack } from './testing/scratch.ts';

test('variables that reference a secret are in the Secret, and all others are plain', (t) => {
  const { graph, code } = scratchStack(
    t,
    `  db: { type: postgres }
  far: { type: redis, external: { url: '\${{secret.FAR}}' } }
  api:
    source: app
    variables:
      LEVEL: info
      DB_HOST: \${{db.HOST}}
      DB_URL: postgres://x?\${{db.DATABASE_URL}}
      FAR_HOST: \${{far.HOST}}
      TOKEN: Bearer \${{secret.TOKEN}}
      KEY: \${{IDENTITY_KEY}}`,
  );
  const { variables } = codeNode(graph, 'api');
  const { plain, secret } = partVariables(graph, variables);
  const valuesOf = (templates: object) =>
    Object.fromEntries(Object.keys(templates).map((name) => [name, `value of ${name}`]));
  const environment = { plain: valuesOf(plain), secret: valuesOf(secret) };
  const own = (name: string) => !name.includes('RAILWAY');
  assert.deepEqual(Object.keys(environment.plain).filter(own), ['LEVEL', 'DB_HOST']);
  assert.deepEqual(Object.keys(environment.secret).filter(own), ['DB_URL', 'FAR_HOST', 'TOKEN', 'KEY']);

  const container = valueOf(environmentArgs(code('api'), 'rota/api:1', environment, 'api'));
  const text = JSON.stringify(container);
  assert.match(text, /"name":"TOKEN","valueFrom":\{"secretKeyRef":\{"name":"api","key":"TOKEN"\}\}/);
  assert.ok(!text.includes('value of TOKEN'));
});

test('a declared variable appears once and replaces a standard variable', (t) => {
  const { graph, code } = scratchStack(
    t,
    `  api: { source: app, variables: { NODE_ENV: test, HOME: '\${{secret.HOME_FOLDER}}', SUM: 'a$$b $(HOME) $' } }`,
  );
  const { plain, secret } = partVariables(graph, codeNode(graph, 'api').variables);
  const environment = {
    plain: fillVariables(literals(plain), () => ''),
    secret: fillVariables(secret, () => 'x'),
  };
  const container = valueOf<{ name: string; value?: string }[]>(
    environmentArgs(code('api'), 'rota/api:1', environment, 'api'),
  );
  const names = container.map(({ name }) => name);
  assert.equal(new Set(names).size, names.length);
  const value = (name: string) => container.find((variable) => variable.name === name)?.value;
  assert.deepEqual([value('NODE_ENV'), value('HOME'), value('SUM')], ['test', undefined, 'a$$$b $$(HOME) $']);
});

test('a revision changes only with a value or the key', () => {
  const revision = (key: string, values: Record<string, string>) => valueOf<string>(revisionOf(key, values));
  const first = revision('key', { A: '1', B: '2' });
  assert.equal(revision('key', { B: '2', A: '1' }), first);
  assert.notEqual(revision('key', { A: '1', B: '3' }), first);
  assert.notEqual(revision('other', { A: '1', B: '2' }), first);
});
