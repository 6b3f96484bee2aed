import assert from 'node:assert/strict';
import { test } from 'vitest';
import { parse } from 'yaml';
import { importOf } from '../../testing.ts';

const code = `import { bucket, defineRailway, github, group, image, postgres, preserve, project, redis, service, volume } from 'railway/iac';
import type { ServiceConfig } from 'railway/iac';

const repository = 'acme/shop';
const shared = { LOG_LEVEL: 'info', POOL: 2 * 5 } as const;

export default defineRailway((ctx) => {
  const db = postgres('Shop DB');
  const cache = redis('cache');
  const files = bucket('files', { region: 'iad' });
  const data = volume('index-data', { region: 'us-west2', sizeMB: 2048 });

  const api = service('API Server', {
    source: github(repository, { branch: 'main', rootDirectory: '/apps/api' }),
    build: { builder: 'DOCKERFILE', dockerfilePath: 'Dockerfile' },
    healthcheck: '/health',
    healthcheckTimeout: 90,
    replicas: 3,
    domains: ['api.example.com'],
    env: {
      ...shared,
      DATABASE_URL: db.env.DATABASE_URL,
      REDIS: \`\${cache.env.REDIS_URL}/1\`,
      STRIPE_KEY: preserve(),
      BUCKET: files.env.BUCKET,
      SESSION_SECRET: ctx.randomString('session', 32),
      SENTRY: ctx.shared.SENTRY,
      BUILT_AT: new Date().toISOString(),
    },
  } satisfies ServiceConfig);

  const search = service('search', {
    source: image('docker.io/acme/search:1'),
    start: 'search --serve',
    volumeMounts: { '/data': data },
    replicas: ctx.environment === 'production' ? 1 : 0,
    env: { API: \`http://\${api.env.RAILWAY_PRIVATE_DOMAIN}:3000\` },
  });

  if (ctx.environment === 'production') {
    console.log('production');
  }

  return project('shop', {
    resources: [group('Backend', [api, search, db]), cache, data, files],
  });
});
`;

test('the literal data of railway.ts: services, databases, references, secrets and volumes', async (t) => {
  const { texts, rows, secrets, problems } = await importOf(t, {
    'package.json': '{ "name": "x" }',
    'apps/api/Dockerfile': 'FROM node:24\n',
    '.railway/railway.ts': code,
  });
  assert.deepEqual(problems, []);
  assert.deepEqual(parse(texts['stacks/shop.yaml'] ?? ''), {
    name: 'shop',
    services: {
      'api-server': {
        ...{ source: 'apps/api', dockerfile: 'Dockerfile', port: 3000, replicas: 3 },
        health: { path: '/health', timeout: '90s' },
        variables: {
          ...{ LOG_LEVEL: 'info', POOL: '10' },
          DATABASE_URL: '${{Shop DB.DATABASE_URL}}',
          REDIS: '${{cache.REDIS_URL}}/1',
          STRIPE_KEY: '${{secret.STRIPE_KEY}}',
          BUCKET: '${{files.BUCKET}}',
          SESSION_SECRET: '${{secret.SESSION_SECRET}}',
        },
      },
      search: {
        ...{ image: 'docker.io/acme/search:1', start: 'search --serve' },
        volume: { path: '/data', size: '2048Mi' },
        variables: { API: 'http://${{API Server.RAILWAY_PRIVATE_DOMAIN}}:3000' },
      },
      'shop-db': { type: 'postgres' },
      cache: { type: 'redis' },
      files: { type: 's3' },
    },
    gateway: {
      routes: [
        { path: '/*', to: 'api-server' },
        { host: 'api.example.com', path: '/*', to: 'api-server' },
      ],
    },
  });
  assert.deepEqual(secrets, ['SESSION_SECRET', 'STRIPE_KEY']);
  const lost = rows.filter(({ outcome }) => outcome === 'cannot');
  assert.deepEqual(
    lost.map(({ line, column, field }) => [line, column, field]),
    [
      [11, 39, 'volumes.index-data.region'],
      [27, 7, 'services.API Server.env.SENTRY'],
      [28, 7, 'services.API Server.env.BUILT_AT'],
      [36, 5, 'services.search.replicas'],
      [40, 3, 'code'],
    ],
  );
});

test('a syntax error of railway.ts has its place, and the code is not run', async (t) => {
  const { problems, rows } = await importOf(t, {
    'package.json': '{ "name": "x" }',
    '.railway/railway.ts': 'process.exit(3);\nexport default defineRailway(() => {\n  const a = ;\n});\n',
  });
  assert.deepEqual(
    rows.map(({ line, column, outcome }) => [line, column, outcome]),
    [[3, 13, 'cannot']],
  );
  assert.equal(problems.length > 0, true);
});

test('syntax that import cannot parse is reported, and does not stop it', async (t) => {
  const { rows } = await importOf(t, {
    'package.json': '{ "name": "x" }',
    '.railway/railway.ts': 'const mark = (value: unknown) => value;\n@mark\nexport class Shop {}\n',
  });
  assert.deepEqual(
    rows.map(({ line, outcome }) => [line, outcome]),
    [[2, 'cannot']],
  );
});

test('a constant is evaluated once, however often others refer to it', async (t) => {
  const constants = Array.from({ length: 40 }, (_, i) => `const a${i + 1} = a${i} + a${i} - a${i};`);
  const { texts } = await importOf(t, {
    'package.json': '{ "name": "shop" }',
    '.railway/railway.ts': `import { defineRailway, image, project, service } from 'railway/iac';
const a0 = 3;
${constants.join('\n')}
export default defineRailway(() =>
  project('shop', { resources: [service('api', { source: image('acme/api:1'), replicas: a40 })] }));
`,
  });
  assert.partialDeepStrictEqual(parse(texts['stacks/shop.yaml'] ?? ''), {
    services: { api: { replicas: 3 } },
  });
});
