import assert from 'node:assert/strict';
import { test } from 'vitest';
import { parse } from 'yaml';
import { importOf, servicesOf } from '../testing.ts';

const blueprint = `
previews: { generation: off }
envVarGroups:
  - name: common
    envVars:
      - key: LOG_LEVEL
        value: info
      - key: SESSION_SECRET
        generateValue: true
databases:
  - name: shop-db
    databaseName: shop
    user: shop
    plan: basic-1gb
    postgresMajorVersion: "16"
    diskSizeGB: 15
    ipAllowList: []
services:
  - type: keyvalue
    name: cache
    ipAllowList: []
    maxmemoryPolicy: allkeys-lru
  - type: web
    name: api
    runtime: docker
    region: frankfurt
    plan: standard
    rootDir: apps/api
    dockerfilePath: ./Dockerfile
    healthCheckPath: /healthz
    preDeployCommand: node migrate.js
    domains: [api.example.com]
    maxShutdownDelaySeconds: 45
    scaling: { minInstances: 2, maxInstances: 5, targetCPUPercent: 70 }
    buildFilter: { paths: ["apps/api/**"] }
    autoDeployTrigger: commit
    envVars:
      - fromGroup: common
      - key: DATABASE_URL
        fromDatabase: { name: shop-db, property: connectionString }
      - key: REDIS_URL
        fromService: { type: keyvalue, name: cache, property: connectionString }
      - key: STRIPE_KEY
        sync: false
      - key: SEARCH
        fromService: { type: pserv, name: search, property: hostport }
  - type: pserv
    name: search
    runtime: image
    image: { url: "docker.io/acme/search:2" }
    numInstances: 1
    disk: { name: index, mountPath: /var/index, sizeGB: 20 }
    envVars:
      - key: SESSION_SECRET
        generateValue: true
  - type: worker
    name: mailer
    runtime: node
    rootDir: apps/mailer
    buildCommand: npm ci
    startCommand: node mailer.js
    numInstances: 2
    envVars:
      - fromGroup: common
      - key: API_HOST
        fromService: { type: web, name: api, envVarKey: RENDER_EXTERNAL_HOSTNAME }
      - key: LEVEL
        fromService: { type: web, name: api, envVarKey: LOG_LEVEL }
  - type: cron
    name: report
    runtime: node
    rootDir: apps/mailer
    buildCommand: npm ci
    startCommand: node report.js
    schedule: "0 4 * * *"
  - type: web
    name: docs
    runtime: static
    rootDir: docs
    buildCommand: npm run build
    staticPublishPath: ./public
    headers: [{ path: "/*", name: X-Frame-Options, value: DENY }]
    routes:
      - { type: rewrite, source: /*, destination: /index.html }
      - { type: redirect, source: /old, destination: /new }
    envVars: [{ key: VITE_LEVEL, value: info }, { key: VITE_KEY, sync: false }]
  - { type: web, name: pages, runtime: static, rootDir: docs, staticPublishPath: html/ }
  - { type: web, name: app, env: static, rootDir: docs, buildCommand: make, staticPublishPath: ui/dist, routes: [{ type: rewrite, source: /*, destination: / }] }
`;

const code = {
  'package.json': '{ "name": "shop" }',
  'apps/api/Dockerfile': 'FROM node:24\n',
  'apps/mailer/package.json': '{ "type": "module" }',
  ...{
    'apps/mailer/mailer.js': '',
    'apps/mailer/report.js': '',
    'docs/page.md': '',
    'docs/html/index.html': '',
  },
};

test('a blueprint: each type of service, databases, groups of variables and values from other services', async (t) => {
  const { texts, rows, secrets } = await importOf(t, { ...code, 'render.yaml': blueprint });
  const { services, gateway } = parse(texts['stacks/shop.yaml'] ?? '') as {
    services: Record<string, unknown>;
    gateway: unknown;
  };
  const common = { LOG_LEVEL: 'info', SESSION_SECRET: '${{secret.SESSION_SECRET}}' };
  assert.deepEqual(services, {
    'shop-db': { type: 'postgres', version: '16', storage: '15Gi', resources: { memory: '1Gi' } },
    cache: { type: 'redis', settings: { 'maxmemory-policy': 'allkeys-lru' } },
    api: {
      ...{ source: 'apps/api', dockerfile: 'Dockerfile', preDeploy: 'node migrate.js', port: 3000 },
      ...{ replicas: { min: 2, max: 5, cpu: 70 }, resources: { cpu: 1, memory: '2Gi' } },
      ...{ health: { path: '/healthz' }, drain: '45s' },
      variables: {
        ...common,
        DATABASE_URL: '${{shop-db.DATABASE_URL}}',
        REDIS_URL: '${{cache.REDIS_URL}}',
        STRIPE_KEY: '${{secret.STRIPE_KEY}}',
      },
    },
    search: {
      ...{ image: 'docker.io/acme/search:2', replicas: 1 },
      volume: { path: '/var/index', size: '20Gi' },
      variables: { SESSION_SECRET: '${{secret.SEARCH_SESSION_SECRET}}' },
    },
    mailer: {
      ...{ source: 'apps/mailer', build: 'npm ci', start: 'node mailer.js', replicas: 2 },
      variables: {
        ...common,
        API_HOST: '${{api.PUBLIC_DOMAIN}}',
        LEVEL: '${{api.LOG_LEVEL}}',
      },
    },
    report: { source: 'apps/mailer', build: 'npm ci', start: 'node report.js', cron: '0 4 * * *' },
    docs: {
      ...{ source: 'docs', runtime: 'static', port: 3001 },
      build: 'npm run build && cp public/index.html public/200.html',
      buildVariables: ['VITE_LEVEL'],
      variables: { VITE_LEVEL: 'info', VITE_KEY: '${{secret.VITE_KEY}}' },
    },
    pages: { source: 'docs/html', runtime: 'static', port: 3002 },
    app: {
      ...{ source: 'docs', runtime: 'static', port: 3003 },
      build: 'make && rm -rf dist && mv ui/dist dist && cp dist/index.html dist/200.html',
    },
  });
  assert.deepEqual(gateway, {
    routes: [
      { path: '/docs/*', to: 'docs', stripPrefix: true },
      { path: '/pages/*', to: 'pages', stripPrefix: true },
      { path: '/*', to: 'app' },
      { host: 'api.example.com', path: '/*', to: 'api' },
    ],
  });
  assert.deepEqual(secrets, ['SEARCH_SESSION_SECRET', 'SESSION_SECRET', 'STRIPE_KEY', 'VITE_KEY']);
  assert.deepEqual(
    rows.filter(({ outcome }) => outcome === 'cannot').map(({ field }) => field),
    [
      'previews',
      'services.1.envVars.4',
      'services.2.type',
      ...['services.5.headers', 'services.5.routes.1', 'services.5.envVars.1'],
    ],
  );
});

test('a blueprint with projects: the first environment is imported, and the others are reported', async (t) => {
  const web = (name: string) => `{ type: web, name: ${name}, runtime: image, image: { url: "acme/web:1" } }`;
  const { texts, rows } = await importOf(t, {
    'package.json': '{ "name": "shop" }',
    'render.yaml': `
projects:
  - name: shop
    environments:
      - name: production
        services: [${web('web')}]
      - name: staging
        services: [${web('web-staging')}]
`,
  });
  const services = servicesOf(texts, 'shop');
  assert.deepEqual(services, { web: { image: 'acme/web:1', port: 3000 } });
  assert.deepEqual(
    rows.filter(({ outcome }) => outcome === 'cannot').map(({ field }) => field),
    ['projects.0.environments.1'],
  );
});

test('a blueprint can contain the names of members of objects, and paths that start at the repository', async (t) => {
  const { texts, rows } = await importOf(t, {
    ...code,
    'render.yaml': `
services:
  - type: web
    name: api
    runtime: docker
    rootDir: /
    plan: constructor
    envVars:
      - { key: A, fromService: { type: web, name: api, property: constructor } }
      - { key: B, fromService: { type: web, name: api, envVarKey: constructor } }
`,
    Dockerfile: 'FROM node:24\n',
  });
  const services = servicesOf(texts, 'shop');
  assert.partialDeepStrictEqual(services['api'], { source: '.', dockerfile: 'Dockerfile' });
  assert.deepEqual(
    rows.filter(({ outcome }) => outcome === 'cannot').map(({ field }) => field),
    ['services.0.plan', 'services.0.envVars.0', 'services.0.envVars.1'],
  );
});

test('a build context without a Dockerfile is reported as such', async (t) => {
  const { rows } = await importOf(t, {
    ...code,
    'render.yaml': `
services:
  - { type: worker, name: mailer, runtime: node, rootDir: apps/mailer, dockerContext: ../.., startCommand: node mailer.js }
`,
  });
  const [lost] = rows.filter(({ outcome }) => outcome === 'cannot');
  assert.deepEqual(
    [lost?.field, lost?.why],
    ['services.0.dockerContext', 'only the build of a Dockerfile has a context and a target'],
  );
});
