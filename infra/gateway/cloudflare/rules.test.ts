import assert from 'node:assert/strict';
import { test } from 'vitest';
import { cacheArgs, firewallArgs, floodArgs, tlsArgs } from './rules.ts';
import { exampleGateway, exampleOptions, zone } from './testing/options.ts';

const path = 'http.request.uri.path';
const host = 'http.host eq "rota.example"';
const list = (phase: string) => ({ zoneId: zone, name: 'rota-prod', kind: 'zone', phase });

const withRoutes = (...routes: object[]) => exampleOptions({ gateway: exampleGateway({ routes }) });

test('methods and private paths are refused before the Worker runs, on this host only', () => {
  assert.deepEqual(firewallArgs(exampleOptions()), {
    ...list('http_request_firewall_custom'),
    rules: [
      {
        ref: 'methods',
        description: 'Methods that are not served',
        expression: `${host} and http.request.method in {"TRACE" "TRACK" "CONNECT"}`,
        action: 'block',
      },
      {
        ref: 'private',
        description: 'Paths that are private to the services',
        expression: `${host} and ((${path} eq "/internal" or starts_with(${path}, "/internal/")) or (${path} eq "/metrics" or starts_with(${path}, "/metrics/")))`,
        action: 'block',
      },
    ],
  });
});

test('the coarse limit is twice the sum of the route limits, so that only a flood reaches it', () => {
  assert.deepEqual(floodArgs(exampleOptions()), {
    ...list('http_ratelimit'),
    rules: [
      {
        ref: 'flood',
        description: 'More than all routes together allow',
        expression: host,
        action: 'block',
        ratelimit: {
          characteristics: ['cf.colo.id', 'ip.src'],
          period: 10,
          requestsPerPeriod: 2 * (100 + 5 + 100 + 100),
          mitigationTimeout: 10,
        },
      },
    ],
  });
});

test('there is no coarse limit if a route has no limit', () => {
  const gateway = exampleGateway({ rateLimit: undefined });
  assert.equal(floodArgs(exampleOptions({ gateway })), undefined);
});

test('only responses of routes with a cache are cached at the edge', () => {
  const expressionOf = (...routes: object[]) => {
    const { rules } = cacheArgs(withRoutes(...routes)) as { rules: { expression: string }[] };
    return rules.map(({ expression }) => expression);
  };
  assert.deepEqual(expressionOf({ path: '/*', to: 'web' }), [host]);
  assert.deepEqual(expressionOf({ path: '/*', to: 'web' }, { path: '/docs/*', to: 'web', cache: '1h' }), [
    `${host} and not ((${path} eq "/docs" or starts_with(${path}, "/docs/")))`,
  ]);
  assert.deepEqual(expressionOf({ path: '/*', to: 'web', cache: '1h' }), [
    `${host} and not (starts_with(${path}, "/"))`,
  ]);
});

test('TLS 1.2 is the oldest version that the zone accepts', () => {
  assert.deepEqual(tlsArgs(exampleOptions()), { zoneId: zone, settingId: 'min_tls_version', value: '1.2' });
});

test('the rules are for the domain and the hosts of routes', () => {
  const routes = [
    { path: '/*', to: 'web' },
    { host: 'app.rota.example', path: '/docs/*', to: 'web', cache: '1m' },
    { host: 'app.rota.example', path: '/*', to: 'web' },
  ];
  const hosts = 'http.host in {"rota.example" "app.rota.example"}';
  const options = withRoutes(...routes);
  const expressions = [firewallArgs(options), floodArgs(options), cacheArgs(options)].flatMap((args) =>
    (args as { rules: { expression: string }[] }).rules.map(({ expression }) => expression),
  );
  assert.equal(expressions.length, 4);
  for (const expression of expressions) assert.ok(expression.startsWith(hosts), expression);
  assert.equal(
    expressions.at(-1),
    `${hosts} and not ((http.host eq "app.rota.example" and (${path} eq "/docs" or starts_with(${path}, "/docs/"))))`,
  );
});
