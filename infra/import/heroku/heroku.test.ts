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
      addons: ['papertrail'],
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

test('add-ons become data services, and environments become overlays', async (t) => {
  const { texts, rows } = await importOf(t, {
    'package.json': '{ "name": "shop", "type": "module" }',
    Procfile: 'web: node server.js\nworker: node worker.js\n',
    ...{ 'server.js': 'app.listen(process.env.PORT || 5000);', 'worker.js': '' },
    'app.json': JSON.stringify({
      env: { LEVEL: 'info' },
      scripts: { postdeploy: 'node seed.js' },
      addons: [
        'heroku-postgresql:mini',
        { plan: 'heroku-postgresql', as: 'AUDIT', options: { version: '16', fork: 'x' } },
        'heroku-postgresql',
      ],
      environments: {
        test: {
          addons: ['heroku-postgresql:in-dyno', { plan: 'heroku-redis:mini' }],
          env: { LEVEL: { value: 'debug' } },
          formation: { worker: { quantity: 2 }, web: { quantity: 0 }, clock: { quantity: 1 } },
          scripts: { test: 'npm test' },
        },
        pr: { env: { LEVEL: 'warn' } },
      },
    }),
  });
  const addresses = { DATABASE_URL: '${{postgres.DATABASE_URL}}', AUDIT_URL: '${{audit.DATABASE_URL}}' };
  const variables = { LEVEL: 'info', ...addresses };
  assert.deepEqual(servicesOf(texts, 'shop'), {
    web: { source: '.', start: 'node server.js', port: 5000, variables },
    worker: { source: '.', start: 'node worker.js', variables },
    postgres: { type: 'postgres' },
    audit: { type: 'postgres', version: '16' },
  });
  const ofTest = { LEVEL: 'debug', REDIS_URL: '${{redis.REDIS_URL}}' };
  assert.deepEqual(servicesOf(texts, 'shop.test'), {
    web: { variables: ofTest },
    worker: { replicas: 2, variables: ofTest },
    redis: { type: 'redis' },
  });
  assert.deepEqual(
    rows.filter(({ outcome }) => outcome === 'cannot').map(({ field }) => field),
    [
      ...['scripts', 'addons.1.options.fork', 'addons.2', 'environments.test.formation.web'],
      ...['environments.test.formation.clock', 'environments.test.scripts', 'environments.pr'],
    ],
  );
  assert.deepEqual(
    rows.filter(({ to }) => to?.endsWith('.port')).map(({ to }) => to),
    ['services.web.port'],
  );
});
