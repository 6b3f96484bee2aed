import assert from 'node:assert/strict';
import { test } from 'vitest';
import { importOf, servicesOf } from '../testing.ts';

test('processes of a Procfile become services, release becomes preDeploy, and variables without a value secrets', async (t) => {
  const { texts, rows, secrets } = await importOf(t, {
    'package.json': '{ "name": "shop", "type": "module" }',
    Procfile: 'release: node migrate.js\nweb: node server.js\nworker: node worker.js\n',
    'app.json': JSON.stringify({
      env: { LEVEL: 'info', API_TOKEN: { description: 'from the vendor', required: true } },
      formation: { worker: { quantity: 2, size: 'basic' } },
      addons: ['heroku-postgresql'],
    }),
    ...{ 'migrate.js': '', 'server.js': 'app.listen(process.env.PORT || 5000);', 'worker.js': '' },
  });
  const services = servicesOf(texts, 'shop');
  const variables = { LEVEL: 'info', API_TOKEN: '${{secret.API_TOKEN}}' };
  assert.deepEqual(services['worker'], { source: '.', start: 'node worker.js', replicas: 2, variables });
  assert.deepEqual(
    { ...services['web'], port: undefined },
    { source: '.', start: 'node server.js', preDeploy: 'node migrate.js', port: undefined, variables },
  );
  assert.deepEqual(secrets, ['API_TOKEN']);
  assert.deepEqual(
    rows.filter(({ outcome }) => outcome === 'cannot').map(({ field }) => field),
    ['formation.worker.size', 'addons'],
  );
});
