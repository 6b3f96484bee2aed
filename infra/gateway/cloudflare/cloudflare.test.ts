import assert from 'node:assert/strict';
import { test } from 'vitest';
import { ResourceList } from '../../plan/resource.ts';
import { account, exampleGateway, zone } from './testing/options.ts';
import { record, type Recorded } from './testing/record.ts';

const made = record();
const inputsOf = (name: string) => made.get(name)?.inputs;

test('makes these resources and no others', () => {
  assert.deepEqual([...made.keys()].toSorted(), [
    'ConnectivityDirectoryService gateway-api',
    'ConnectivityDirectoryService gateway-web',
    'Ruleset gateway-cache',
    'Ruleset gateway-firewall',
    'Ruleset gateway-flood',
    'WorkersCustomDomain gateway',
    'WorkersScript gateway',
    'WorkersScriptSubdomain gateway',
    'ZeroTrustTunnelCloudflared gateway',
    'ZeroTrustTunnelCloudflaredConfig gateway',
    'ZoneSetting gateway-tls',
  ]);
});

test('the Worker is bound to its routes, limits and origins; the signing key is secret', () => {
  const { bindings, ...script } = inputsOf('WorkersScript gateway')!;
  assert.deepEqual(script, {
    accountId: account,
    scriptName: 'rota-prod',
    mainModule: 'worker.js',
    content: 'export default {};',
    compatibilityDate: '2026-10-15',
    observability: { enabled: true, logs: { enabled: true, invocationLogs: false } },
  });
  const bound = bindings as { name: string; json?: string }[];
  const { json: routes, ...other } = bound.find(({ name }) => name === 'ROUTES')!;
  assert.deepEqual(other, { name: 'ROUTES', type: 'json' });
  const api = 'http://api.rota-prod.svc.cluster.local:3001';
  const wide = { binding: 'RATE_LIMIT_0', period: 60 };
  const auth = { jwks: 'https://id.example.com/keys', issuer: 'https://id.example.com/', audience: 'rota' };
  assert.deepEqual(JSON.parse(routes!), [
    { path: '/api/*', origin: api, binding: 'ORIGIN_0', service: 'api', rateLimit: wide },
    {
      path: '/api/reports',
      origin: api,
      binding: 'ORIGIN_0',
      service: 'api',
      rateLimit: { binding: 'RATE_LIMIT_1', period: 10 },
      cache: 60,
    },
    { path: '/me/*', origin: api, binding: 'ORIGIN_0', service: 'api', rateLimit: wide, auth },
    {
      path: '/*',
      origin: 'http://web.rota-prod.svc.cluster.local:3000',
      binding: 'ORIGIN_1',
      service: 'web',
      rateLimit: wide,
    },
  ]);
  assert.deepEqual(
    bound.filter(({ name }) => name !== 'ROUTES'),
    [
      { name: 'HOSTS', type: 'json', json: '{"names":["rota.example"],"addresses":false}' },
      { name: 'CLIENT', type: 'json', json: '"cf-connecting-ip"' },
      { name: 'CORS_ORIGINS', type: 'json', json: '[]' },
      { name: 'TRUSTED_HEADERS', type: 'json', json: '[]' },
      { name: 'ORIGIN_0', type: 'vpc_service', serviceId: 'gateway-api-id' },
      { name: 'ORIGIN_1', type: 'vpc_service', serviceId: 'gateway-web-id' },
      {
        name: 'RATE_LIMIT_0',
        type: 'ratelimit',
        namespaceId: '3312037405',
        simple: { limit: 100, period: 60 },
      },
      {
        name: 'RATE_LIMIT_1',
        type: 'ratelimit',
        namespaceId: '1096442740',
        simple: { limit: 5, period: 10 },
      },
      { name: 'CACHE', type: 'plain_text', text: 'default' },
      { name: 'SIGNING_KEY', type: 'secret_text', text: { secret: 'a private key' } },
    ],
  );
});

test('each host of a route is a custom domain too', () => {
  const routes = [
    { path: '/*', to: 'web' },
    { host: 'rota.example', path: '/a', to: 'web' },
    { host: 'app.rota.example', path: '/*', to: 'web' },
    { host: 'app.rota.example', path: '/api/*', to: 'api' },
  ];
  const all = record({ gateway: exampleGateway({ routes }) });
  const domains = [...all].filter(([name]) => name.startsWith('WorkersCustomDomain'));
  assert.deepEqual(
    domains.map(([name, { inputs }]) => [name, inputs.hostname, inputs.service, inputs.zoneId]),
    [
      ['WorkersCustomDomain gateway', 'rota.example', 'rota-prod', zone],
      ['WorkersCustomDomain gateway-host-app-rota-example', 'app.rota.example', 'rota-prod', zone],
    ],
  );
});

test('the Worker is reachable only at the domain', () => {
  assert.deepEqual(inputsOf('WorkersScriptSubdomain gateway'), {
    accountId: account,
    scriptName: 'rota-prod',
    enabled: false,
    previewsEnabled: false,
  });
  assert.deepEqual(inputsOf('WorkersCustomDomain gateway'), {
    accountId: account,
    zoneId: zone,
    hostname: 'rota.example',
    service: 'rota-prod',
  });
});

test('the tunnel has no public hostname, and each origin is one host and port behind it', () => {
  const tunnelId = 'ZeroTrustTunnelCloudflared-gateway';
  assert.deepEqual(inputsOf('ZeroTrustTunnelCloudflared gateway'), {
    accountId: account,
    name: 'rota-prod',
    configSrc: 'cloudflare',
  });
  assert.deepEqual(inputsOf('ZeroTrustTunnelCloudflaredConfig gateway'), {
    accountId: account,
    tunnelId,
    config: { ingresses: [{ service: 'http_status:404' }] },
  });
  assert.deepEqual(inputsOf('ConnectivityDirectoryService gateway-api'), {
    accountId: account,
    name: 'rota-prod-api',
    type: 'http',
    httpPort: 3001,
    host: { hostname: 'api.rota-prod.svc.cluster.local', resolverNetwork: { tunnelId } },
  });
});

test('a named port of a service is a separate origin', () => {
  const routes = [
    { path: '/*', to: 'api' },
    { path: '/admin/*', to: 'api', port: 'admin' },
  ];
  const originOf = ({ to, port }: { to: string; port?: string | undefined }) =>
    `http://${to}.rota-prod.svc.cluster.local:${port === undefined ? 3001 : 9001}`;
  const made = record({ gateway: exampleGateway({ routes }), originOf });
  const ports = ['api', 'api_admin'].map(
    (name) => made.get(`ConnectivityDirectoryService gateway-${name}`)?.inputs.httpPort,
  );
  assert.deepEqual(ports, [3001, 9001]);
});

test('the token of the tunnel is secret, and its connector is created before the Worker and its domain', () => {
  const resources = new ResourceList();
  const made = record({
    resources,
    connect: (token) => [resources.add('gateway', { token: 'test:index:Connector' }, 'connector', { token })],
  });
  assert.deepEqual(made.get('Connector connector')?.inputs, { token: { secret: 'a token' } });
  const [connector, script, domain] = ['Connector', 'WorkersScript', 'WorkersCustomDomain'].map((kind) =>
    resources.all.find(({ type }) => type.endsWith(`:${kind}`))!,
  );
  assert.ok(script!.options.dependsOn?.includes(connector!));
  assert.ok(domain!.options.dependsOn?.includes(script!));
});

test('without ownsZone the zone keeps its rules and settings', () => {
  const shared = record({ ownsZone: false });
  assert.equal(
    [...shared.values()].some(({ inputs }) => 'phase' in inputs || 'settingId' in inputs),
    false,
  );
  assert.ok(shared.has('WorkersCustomDomain gateway'));
});

test('without cache, key and limits there are no bindings and no rule for them', () => {
  const gateway = exampleGateway({ routes: [{ path: '/*', to: 'web' }], rateLimit: undefined });
  const plain = record({ gateway, signingKey: undefined });
  const bindings = plain.get('WorkersScript gateway')?.inputs.bindings as { name: string }[];
  assert.deepEqual(
    bindings.map(({ name }) => name),
    ['ROUTES', 'HOSTS', 'CLIENT', 'CORS_ORIGINS', 'TRUSTED_HEADERS', 'ORIGIN_0'],
  );
  assert.equal(plain.has('Ruleset gateway-flood'), false);
});

test('gateways of two environments never share a counter', () => {
  const other = record({ name: 'rota-staging' });
  const countersOf = (script: Recorded | undefined) => {
    const bindings = script!.inputs.bindings as { namespaceId?: string }[];
    return bindings.flatMap(({ namespaceId }) => namespaceId ?? []);
  };
  const counters = [
    ...countersOf(made.get('WorkersScript gateway')),
    ...countersOf(other.get('WorkersScript gateway')),
  ];
  assert.equal(new Set(counters).size, 4);
});
