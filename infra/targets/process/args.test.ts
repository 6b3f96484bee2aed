import assert from 'node:assert/strict';
import { test } from 'vitest';
import type { ServiceGraph } from '../../graph/types.ts';
import { isCode, stackSchema, type CodeService, type Service, type Stack } from '../../stack/schema.ts';
import { localHostClashes } from '../shared/local-hosts.ts';
import { databaseName } from '../shared/service-values.ts';
import { gatewayArgs, preDeployArgs, serviceArgs } from './args.ts';
import { processTarget } from './target.ts';

const where = { root: '/clone', environment: 'dev', name: 'api', host: '127.20.1.1' };
const artifact = { service: 'api', hash: 'aa11', path: '/clone/.railhead/artifacts/api-aa11' };

test('a command runs again for another content of a release file, though its folder alone is not compared', () => {
  const pinned = { ...artifact, pinned: `sha256:${'1'.repeat(64)}` };
  assert.equal(preDeployArgs(where, code({}), [], artifact, {}).artifact, 'aa11');
  assert.equal(preDeployArgs(where, code({}), [], pinned, {}).artifact, `aa11-${'1'.repeat(16)}`);
});

test('all settings of a service become arguments', () => {
  const config = code({
    port: 3001,
    start: 'python3 main.py',
    replicas: 2,
    health: { path: '/health', timeout: '20s' },
    restart: { policy: 'always', maxRetries: 3 },
    drain: '5s',
  });
  assert.deepEqual(serviceArgs(where, config, artifact, { LEVEL: 'info' }), {
    ...where,
    artifact: 'aa11',
    folder: artifact.path,
    command: 'python3 main.py',
    port: 3001,
    replicas: 2,
    health: { path: '/health', ready: '/health' },
    timeout: 20,
    restart: { policy: 'always', maxRetries: 3 },
    drain: 5,
    variables: { LEVEL: 'info' },
  });
});

test('a service without settings has the defaults, and its volume is a data folder', () => {
  const { command, timeout, minReady, ...rest } = serviceArgs(where, code({}), artifact, {});
  assert.deepEqual([command, timeout, minReady], ['node main.js', 300, 5]);
  assert.ok(!('port' in rest) && !('health' in rest) && !('volume' in rest));
  const withVolume = serviceArgs(where, code({ volume: { path: '/data', size: '1Gi' } }), artifact, {});
  assert.equal(withVolume.volume, '/clone/.railhead/dev/data/api');
});

test('routes point to the private addresses and keep their settings', () => {
  const auth = { jwks: 'https://id.example.com/keys', issuer: 'https://id.example.com', audience: 'rota' };
  const { gateway, services } = stackSchema.parse({
    name: 'rota',
    services: {
      api: { source: 'services/api', port: 3001, ports: { admin: { port: 9001, protocol: 'http' } } },
    },
    gateway: {
      routes: [
        { path: '/api/*', to: 'api', auth },
        { path: '/admin/*', to: 'api', port: 'admin' },
        { path: '/slow', to: 'api', cache: '1m', rateLimit: { requests: 1, period: '60s' } },
      ],
      rateLimit: { requests: 5, period: '10s' },
      hosts: ['*.example.com'],
      trustedHeaders: ['X-Tenant-Id'],
    },
  });
  assert.ok(gateway);
  const args = gatewayArgs({ ...where, name: 'gateway' }, gateway, artifact, listed(services), 'private key');
  const origin = 'http://127.20.1.1:3001';
  assert.deepEqual(args.routes, [
    { path: '/api/*', origin, service: 'api', auth },
    { path: '/admin/*', origin: 'http://127.20.1.1:9001', service: 'api' },
    { path: '/slow', origin, service: 'api', cache: 60, rateLimit: { requests: 1, period: 60 } },
  ]);
  assert.deepEqual(
    [args.port, args.rateLimit, args.cors, args.signingKey],
    [8080, { requests: 5, period: 10 }, { origins: [] }, 'private key'],
  );
  assert.deepEqual(args.trustedHeaders, ['x-tenant-id']);
  assert.deepEqual(args.hosts, {
    names: ['127.20.1.1', 'localhost', '127.0.0.1', '[::1]', '*.example.com'],
    addresses: false,
  });
});

test('with hosts of routes, the gateway also listens where names below localhost lead', () => {
  const { gateway, services } = stackSchema.parse({
    name: 'rota',
    services: { api: { source: 'services/api', port: 3001 } },
    gateway: { routes: [{ host: 'api.example.com', path: '/v1/*', stripPrefix: true, to: 'api' }] },
  });
  assert.ok(gateway);
  const args = (host: string) =>
    gatewayArgs({ ...where, host, name: 'gateway' }, gateway, artifact, listed(services));
  const { alsoAt, routes, hosts } = args('127.20.1.1');
  const own = { path: '/v1/*', stripPrefix: true, origin: 'http://127.20.1.1:3001', service: 'api' };
  assert.equal(alsoAt, '127.0.0.1');
  assert.deepEqual(routes, [
    { host: 'api.example.com', ...own },
    { host: 'api.localhost', ...own },
  ]);
  assert.deepEqual(hosts, {
    names: ['127.20.1.1', 'localhost', '127.0.0.1', '[::1]', 'api.localhost', 'api.example.com'],
    addresses: false,
  });
  assert.equal(args('127.0.0.1').alsoAt, undefined);
});

test('two hosts that are one name on this machine are refused', () => {
  const clashes = (...hosts: string[]) => {
    const { gateway } = stackSchema.parse({
      name: 'rota',
      services: { api: { source: 'services/api', port: 3001 } },
      gateway: { routes: hosts.map((host) => ({ host, path: '/*', to: 'api' })) },
    });
    return localHostClashes({ gateway } as ServiceGraph);
  };
  assert.deepEqual(clashes('app.example.com', 'app.example.org'), [
    {
      path: ['gateway', 'routes', 1, 'host'],
      message:
        '"app.example.org" is app.localhost on this machine, and so is "app.example.com"; write other hosts, such as app-example.localhost, in the overlay of this environment',
    },
  ]);
  assert.match(
    clashes('*.example.com', '*.example.org')[0]?.message ?? '',
    / such as \*\.example\.localhost,/,
  );
  assert.deepEqual(clashes('*.example.com', '*.example.localhost'), []);
});

test('a database name is a plain SQL identifier', () => {
  assert.equal(databaseName('my-rota'), 'my_rota');
});

test('every field that the process target does not support is reported', () => {
  const { services, gateway, images } = stackSchema.parse({
    name: 'rota',
    services: {
      db: { type: 'postgres', resources: { memory: '1Gi' } },
      api: {
        source: 'services/api',
        port: 3001,
        replicas: { min: 1, max: 3, queue: { name: 'jobs', size: 10, from: 'api' } },
      },
      proxy: { image: 'nginx:1' },
      web: { source: 'services/web', port: 3000, replicas: 3 },
      site: { source: 'services/site', dockerfile: 'Dockerfile' },
    },
    gateway: {
      provider: 'cloudflare',
      cloudflare: { account: '0'.repeat(32), zone: '1'.repeat(32) },
      domain: 'app.example.com',
      routes: [{ path: '/*', to: 'web' }],
    },
    observability: true,
  });
  const none = { dependsOn: [], waitsFor: [], provides: [] };
  const graph: ServiceGraph = {
    name: 'rota',
    environment: 'dev',
    volumes: {},
    services: Object.entries(services).map(([name, config]) =>
      isCode(config)
        ? { form: 'code', name, config, variables: {}, preDeployVariables: {}, files: [], ...none }
        : { form: 'data', name, config, ...none },
    ),
    edges: [],
    gateway,
    images,
    imagePullSecrets: ['team-registry'],
    observability: true,
  };
  assert.deepEqual(
    processTarget.unsupported(graph).map(({ path }) => path.join('.')),
    [
      'services.db.resources',
      'services.api.replicas',
      'services.proxy.image',
      'services.site.dockerfile',
      'gateway.provider',
      'gateway.domain',
      'imagePullSecrets',
      'observability',
    ],
  );
});

/** Returns services as a graph lists them. */
function listed(services: Stack['services']): { name: string; config: Service }[] {
  return Object.entries(services).map(([name, config]) => ({ name, config }));
}

function code(fields: object): CodeService {
  const { services } = stackSchema.parse({
    name: 'rota',
    services: { api: { source: 'services/api', ...fields } },
  });
  return services.api as CodeService;
}
