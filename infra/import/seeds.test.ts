import assert from 'node:assert/strict';
import { test } from 'vitest';
import { parse } from 'yaml';
import { importOf, servicesOf } from './testing.ts';

const toml = (deploy: string) =>
  `[build]\nbuilder = "DOCKERFILE"\ndockerfilePath = "./Dockerfile"\n\n[deploy]\n${deploy}`;
const server =
  "import { createServer } from 'node:http';\ncreateServer().listen(Number(process.env.PORT ?? 3000));\n";

test('three railway.toml of a monorepo: Dockerfiles for containers, and an overlay that runs the same commands as processes', async (t) => {
  const files = (name: string, program: string, deploy: string, code = '') => ({
    [`apps/${name}/railway.toml`]: toml(`startCommand = "node dist/${program}.js"\n${deploy}`),
    [`apps/${name}/Dockerfile`]: `FROM node:24-slim\nCMD ["node", "dist/${program}.js"]\n`,
    [`apps/${name}/package.json`]: JSON.stringify({ name, type: 'module' }),
    [`apps/${name}/src/${program}.ts`]: code,
  });
  const resources = (memory: string, cpu: string) =>
    `\n[deploy.resources]\nmemory = "${memory}"\ncpu = "${cpu}"\n`;
  const { texts, rows, targets } = await importOf(t, {
    'package.json': '{ "name": "shop" }',
    ...files(
      'api',
      'main',
      `healthcheckPath = "/health"\nhealthcheckTimeout = 60\nnumReplicas = 3\n${resources('1Gi', '1')}`,
      server,
    ),
    ...files('worker', 'worker', `numReplicas = 2\n${resources('512Mi', '0.5')}`),
    ...files('scheduler', 'scheduler', 'cronSchedule = "*/5 * * * *"\nnumReplicas = 1\n'),
  });
  const services = servicesOf(texts, 'shop');
  assert.deepEqual(services, {
    api: {
      ...{ source: 'apps/api', dockerfile: 'Dockerfile', port: 3000, replicas: 3 },
      ...{ resources: { cpu: 1, memory: '1Gi' }, health: { path: '/health', timeout: '60s' } },
    },
    scheduler: { source: 'apps/scheduler', dockerfile: 'Dockerfile', replicas: 1, cron: '*/5 * * * *' },
    worker: {
      source: 'apps/worker',
      dockerfile: 'Dockerfile',
      replicas: 2,
      resources: { cpu: 0.5, memory: '512Mi' },
    },
  });
  assert.deepEqual(parse(texts['stacks/shop.dev.yaml'] ?? ''), {
    extends: 'shop.yaml',
    services: {
      api: { dockerfile: null, start: 'node src/main.js', resources: null },
      scheduler: { dockerfile: null, start: 'node src/scheduler.js' },
      worker: { dockerfile: null, start: 'node src/worker.js', resources: null },
    },
  });
  assert.deepEqual(
    rows.filter(({ outcome }) => outcome === 'cannot'),
    [],
  );
  assert.deepEqual(targets.find(({ name }) => name === 'process')?.problems, []);
});

/** Returns a service of a railpack.json, which starts from its last step. */
function packed(build: object, steps: Record<string, string[]>, deploy: object) {
  const entries = Object.entries(steps).map(([step, commands]) => [step, { commands }] as const);
  return {
    build: { ...build, steps: Object.fromEntries(entries) },
    deploy: { ...deploy, inputs: [{ step: entries.at(-1)?.[0] }] },
  };
}

const web = { startCommand: 'yarn start', healthCheckPath: '/api/health' };

const railpack = {
  $schema: 'https://schema.railpack.com',
  version: '1',
  metadata: { name: 'monkey-coder-monorepo' },
  services: {
    backend: {
      root: './',
      ...packed(
        {
          provider: 'python',
          packages: { python: '3.12' },
          secrets: ['RAILWAY_ENVIRONMENT', 'PYTHONPATH'],
        },
        { install: ['pip install -r requirements.txt', 'cd packages/core && pip install -e .'] },
        { startCommand: 'python run_server.py', healthCheckPath: '/health', healthCheckTimeout: 300 },
      ),
    },
    frontend: {
      root: './packages/web',
      ...packed(
        { provider: 'node', packages: { node: '20' }, secrets: ['RAILWAY_ENVIRONMENT'] },
        {
          install: ['corepack enable', 'cd /app && yarn install --frozen-lockfile'],
          build: ['cd /app/packages/web && RAILWAY_ENVIRONMENT=production yarn build'],
        },
        {
          ...{ ...web, healthCheckTimeout: 300 },
          environment: { NEXT_PUBLIC_API_URL: 'https://${{backend.RAILWAY_PUBLIC_DOMAIN}}' },
        },
      ),
    },
  },
};

test('railpack.json of the repository and of one service are one system; each service is public below the gateway', async (t) => {
  const own = {
    metadata: { name: 'monkey-coder-web' },
    ...packed({ provider: 'node' }, { install: ['yarn install'], build: ['yarn build'] }, web),
  };
  const { texts, lines, problems } = await importOf(t, {
    'railpack.json': JSON.stringify(railpack, undefined, 2),
    'packages/web/railpack.json': JSON.stringify(own, undefined, 2),
    'run_server.py': '',
  });
  assert.deepEqual(problems, []);
  assert.deepEqual(parse(texts['stacks/monkey-coder-monorepo.yaml'] ?? ''), {
    name: 'monkey-coder-monorepo',
    services: {
      backend: {
        ...{ source: '.', runtime: 'python@3.12' },
        build: 'pip install -r requirements.txt && cd packages/core && pip install -e .',
        ...{ start: 'python run_server.py', port: 3000, health: { path: '/health', timeout: '300s' } },
      },
      frontend: {
        ...{ source: 'packages/web', build: 'yarn install && yarn build', start: 'yarn start', port: 3001 },
        health: { path: '/api/health', timeout: '300s' },
        variables: { NEXT_PUBLIC_API_URL: 'https://${{backend.RAILWAY_PUBLIC_DOMAIN}}' },
        buildVariables: ['NEXT_PUBLIC_API_URL'],
      },
    },
    gateway: {
      routes: [
        { path: '/backend/*', stripPrefix: true, to: 'backend' },
        { path: '/*', to: 'frontend' },
      ],
    },
  });
  assert.ok(
    lines.some((line) => /cannot services\.frontend\.build\.steps\.build a command uses \/app/.test(line)),
    lines.join('\n'),
  );
});

test('one railway.json with a map of services, data services among them', async (t) => {
  const service = (name: string, variables: string) =>
    `  ${name}:\n    builder: DOCKERFILE\n    dockerfilePath: ./dockerfiles/Dockerfile.${name}\n    healthcheckPath: /health\n    watchPatterns:\n      - apps/${name}/**\n    envVars:\n${variables}`;
  const { texts, rows } = await importOf(t, {
    'package.json': '{ "name": "planday" }',
    'railway.json': [
      'services:',
      service('web', '      NEXT_PUBLIC_API_URL: ${{api.url}}'),
      service('api', '      DATABASE_URL: ${{postgres.url}}\n      REDIS_URL: ${{redis.url}}'),
      '  postgres:\n    image: postgres:17-alpine\n    envVars:\n      POSTGRES_USER: ${{secrets.DB_USER}}',
      '  redis:\n    image: redis:7.4-alpine\n',
    ].join('\n'),
    'dockerfiles/Dockerfile.web': 'FROM node:24\n',
    'dockerfiles/Dockerfile.api': 'FROM node:24\n',
  });
  const expected = (name: string, port: number) => ({
    ...{ source: '.', dockerfile: `dockerfiles/Dockerfile.${name}`, port, health: { path: '/health' } },
  });
  assert.deepEqual(parse(texts['stacks/planday.yaml'] ?? ''), {
    name: 'planday',
    services: {
      web: { ...expected('web', 3000), variables: { NEXT_PUBLIC_API_URL: '${{api.url}}' } },
      api: {
        ...expected('api', 3001),
        variables: { DATABASE_URL: '${{postgres.url}}', REDIS_URL: '${{redis.url}}' },
      },
      postgres: { type: 'postgres', version: '17' },
      redis: { type: 'redis', version: '7' },
    },
    gateway: { routes: [{ path: '/*', to: 'web' }] },
  });
  assert.deepEqual(
    rows.filter(({ outcome }) => outcome === 'cannot'),
    [],
  );
});

test('a Dockerfile of the repository builds a service from its own folder', async (t) => {
  const config = {
    build: { dockerfilePath: 'docker/api.Dockerfile' },
    deploy: { startCommand: 'node api.js' },
  };
  const { texts, rows } = await importOf(t, {
    'package.json': '{ "name": "shop" }',
    'apps/api/railway.json': JSON.stringify(config),
    'apps/api/package.json': '{ "scripts": { "start": "node api.js" } }',
    'apps/api/api.js': '',
    'docker/api.Dockerfile': 'FROM node:24\n',
  });
  const services = servicesOf(texts, 'shop');
  assert.partialDeepStrictEqual(services['api'], {
    source: 'apps/api',
    dockerfile: { path: 'docker/api.Dockerfile', context: '.' },
    start: 'node api.js',
  });
  assert.partialDeepStrictEqual(parse(texts['stacks/shop.dev.yaml'] ?? ''), {
    services: { api: { dockerfile: null } },
  });
  assert.deepEqual(
    rows.filter(({ outcome }) => outcome === 'cannot'),
    [],
  );
});
