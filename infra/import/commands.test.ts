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
