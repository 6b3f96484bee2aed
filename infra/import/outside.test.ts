import assert from 'node:assert/strict';
import { test } from 'vitest';
import { importOf } from './testing.ts';

const code = { 'package.json': '{ "name": "shop" }', 's.js': '' };

test('a name of an environment that is no name makes no file', async (t) => {
  const environments = { '../../../escaped': {}, 'Prod One': {}, '/x': {}, staging: {} };
  const deploy = (numReplicas: number) => ({ deploy: { startCommand: 'node s.js', numReplicas } });
  const { changes, rows } = await importOf(t, {
    ...code,
    'railway.json': JSON.stringify({
      ...deploy(1),
      environments: Object.fromEntries(Object.keys(environments).map((name) => [name, deploy(2)])),
    }),
  });
  assert.deepEqual(
    changes.map(({ path }) => path),
    ['stacks/shop.yaml', 'stacks/shop.staging.yaml'],
  );
  const refused = rows.filter(({ outcome }) => outcome === 'cannot').map(({ field }) => field);
  assert.deepEqual(refused, ['environments.../../../escaped', 'environments.Prod One', 'environments./x']);
});

const outside: Record<string, string> = {
  env_file: 'env_file: ../other.env',
  extends: 'extends: { file: ../other.yaml, service: app }',
  'a Dockerfile': 'build: { context: ., dockerfile: ../Dockerfile }\n    command: node secret.js',
};

for (const [name, field] of Object.entries(outside)) {
  test(`no file outside of the folder is read: ${name}`, async (t) => {
    const { root, changes, rows } = await importOf(
      t,
      {
        'other.env': 'LEVEL=outside\n',
        'other.yaml': 'services: { app: { environment: { LEVEL: outside } } }\n',
        Dockerfile: 'FROM node:24\nCMD ["node", "secret.js"]\n',
        ...Object.fromEntries(Object.entries(code).map(([file, text]) => [`sub/${file}`, text])),
        'sub/compose.yaml': `services:\n  app:\n    ${field.startsWith('build') ? '' : 'image: acme/app:1\n    '}${field}\n`,
      },
      undefined,
      'sub',
    );
    assert.match(root, /sub$/);
    assert.ok(!JSON.stringify([changes, rows]).includes('outside\\"'), JSON.stringify(rows));
    assert.ok(!JSON.stringify(changes).includes('LEVEL'));
    assert.ok(!JSON.stringify(rows).includes('is the same'), JSON.stringify(rows));
    assert.ok(rows.some(({ outcome }) => outcome === 'cannot'));
  });
}
