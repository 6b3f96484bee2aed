import assert from 'node:assert/strict';
import { test } from 'vitest';
import { importOf, servicesOf } from './testing.ts';

test('a build has the variables that its framework writes into the code for browsers', async (t) => {
  const { texts, rows } = await importOf(t, {
    'package.json':
      '{ "name": "x", "scripts": { "build": "next build", "start": "next start" }, "dependencies": { "next": "16" } }',
    'package-lock.json': '{}',
    Procfile: 'web: npm start\n',
    'app.json':
      '{ "env": { "NEXT_PUBLIC_MODE": { "value": "full" }, "NEXT_PUBLIC_KEY": { "required": true }, "MODE": { "value": "b" } } }',
  });
  assert.match(texts['stacks/x.yaml'] ?? '', /buildVariables:\n\s+- NEXT_PUBLIC_MODE\n/);
  assert.doesNotMatch(texts['stacks/x.yaml'] ?? '', /- NEXT_PUBLIC_KEY|- MODE/);
  assert.deepEqual(
    rows.filter(({ outcome }) => outcome === 'cannot'),
    [],
  );
});

test('a script that pnpm runs is run by npm, which the image of Node contains', async (t) => {
  const { texts } = await importOf(t, {
    'package.json': '{ "name": "x", "scripts": { "start": "node main.js", "queue": "node queue.js" } }',
    ...{ 'main.js': '', 'queue.js': '' },
    Procfile: 'web: pnpm start\nqueue: pnpm run queue\nfiltered: pnpm --filter api start\n',
  });
  const starts = Object.values(servicesOf(texts, 'x')).map((service) =>
    'start' in service ? service.start : '',
  );
  assert.doesNotMatch(starts.join('\n'), /^pnpm (start|run)/m);
  assert.ok(starts.includes('pnpm --filter api start'));
});

test('containers run the scripts of workspaces, by the folders of their packages', async (t) => {
  const manifest = (name: string, scripts: object) => JSON.stringify({ name, scripts });
  const deploy = { startCommand: 'pnpm --filter api start:prod', preDeployCommand: 'pnpm -F db run migrate' };
  const { texts, targets, rows } = await importOf(t, {
    'package.json': manifest('shop', { build: 'turbo run build' }),
    'pnpm-workspace.yaml': "packages: ['apps/*', 'packages/*']\n",
    'pnpm-lock.yaml': "lockfileVersion: '9.0'\n",
    'apps/api/package.json': manifest('api', { 'start:prod': 'node dist/main.js' }),
    'packages/db/package.json': manifest('@shop/db', { migrate: 'node migrate.js' }),
    'railway.json': JSON.stringify({ build: { buildCommand: 'pnpm install && pnpm build' }, deploy }),
  });
  assert.partialDeepStrictEqual(servicesOf(texts, 'shop'), {
    shop: {
      start: 'npm --prefix apps/api run start:prod',
      preDeploy: 'npm --prefix packages/db run migrate',
    },
  });
  for (const { name, problems } of targets) assert.deepEqual(problems, [], name);
  assert.ok(rows.every(({ outcome }) => outcome !== 'cannot'));
});
