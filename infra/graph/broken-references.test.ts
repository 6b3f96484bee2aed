import assert from 'node:assert/strict';
import { test } from 'vitest';
import { check } from './scratch-graph.ts';

/** Value of the variable X of web (line 5), and the expected problems. */
const references: [value: string, ...expected: string[]][] = [
  ['${{ap.URL}}', '"${{ap.URL}}": there is no service "ap"; did you mean "api"?'],
  [
    '${{nothing-like-it.URL}}',
    '"${{nothing-like-it.URL}}": there is no service "nothing-like-it"; known: web, api, postgres, worker, shared, secret, pulumi',
  ],
  ['${{api.ULR}}', '"${{api.ULR}}": "api" has no variable "ULR"; did you mean "URL"?'],
  [
    '${{postgres.REDIS_URL}}',
    '"${{postgres.REDIS_URL}}": "postgres" has no variable "REDIS_URL"; known: HOST, PORT, URL, PRIVATE_DOMAIN, RAILWAY_PRIVATE_DOMAIN, DATABASE_URL, READONLY_URL, OWNER_URL, OWNER_USER, OWNER_PASSWORD, PGHOST, PGPORT, PGUSER, PGPASSWORD, PGDATABASE, DIRECT_URL, DIRECT_HOST, DIRECT_PORT, POOL_SIZE',
  ],
  ['${{worker.URL}}', '"${{worker.URL}}": "worker" has no "port", so it cannot be reached'],
  [
    '${{worker.RAILWAY_VOLUME_MOUNT_PATH}}',
    '"${{worker.RAILWAY_VOLUME_MOUNT_PATH}}": "worker" has no "volume"',
  ],
  [
    '${{worker.PUBLIC_URL}}',
    '"${{worker.PUBLIC_URL}}": no gateway route leads to "worker", so it has no public address',
  ],
  [
    '${{api.IDENTITY_KEY}}',
    '"${{api.IDENTITY_KEY}}": this key is for "api" alone; others use IDENTITY_PUBLIC_KEY',
  ],
  [
    '${{api.RAILWAY_REPLICA_ID}}',
    '"${{api.RAILWAY_REPLICA_ID}}": RAILWAY_REPLICA_ID differs per replica or rollout; each replica reads its own from its environment',
  ],
  ['${{gateway.PUBLIC_KEYS}}', '"${{gateway.PUBLIC_KEYS}}": this stack has no gateway'],
  ['${{shared.LOG}}', '"${{shared.LOG}}": there is no shared variable "LOG"; did you mean "LOGS"?'],
  ['${{LOGS}}', '"${{LOGS}}": "web" has no variable "LOGS"; did you mean ${{shared.LOGS}}?'],
  [
    '${{secret.token}}',
    '"${{secret.token}}": names of secrets are upper-case; did you mean ${{secret.TOKEN}}?',
  ],
  [
    '${{secret(32)}}',
    '"${{secret(32)}}" generates a value, which railhead does not support: create a secret and write ${{secret.NAME}}',
  ],
  [
    '${{a b}}',
    '"${{a b}}" is not a reference: ${{NAME}}, ${{service.NAME}}, ${{shared.NAME}}, ${{secret.NAME}} or ${{pulumi.NAME}}',
  ],
  [
    '${{}}',
    '"${{}}" is not a reference: ${{NAME}}, ${{service.NAME}}, ${{shared.NAME}}, ${{secret.NAME}} or ${{pulumi.NAME}}',
  ],
  ['x ${{api.URL', '"${{" has no closing "}}" (for a literal "${{", write "$${{")'],
  ['${{ ${{api.URL}} }}', '"${{" has no closing "}}" (for a literal "${{", write "$${{")'],
  ['${{X}}', 'refers to itself: web.X -> web.X'],
  ['${{web.X}}', 'refers to itself: web.X -> web.X'],
  ['${{self.X}}', 'refers to itself: web.X -> web.X'],
  ['${{worker.W}}', 'refers to itself: web.X -> worker.W -> web.X'],
];

for (const [value, expected] of references) {
  test(`refuses ${value}`, (t) => {
    const text = `name: x
variables: { LOGS: info }
services:
  web: { source: app, port: 1000, variables: {
    X: "${value}" } }
  api: { source: app, port: 1001 }
  postgres: { type: postgres }
  worker: { source: app, variables: { W: "\${{web.X}}" } }
`;
    assert.deepEqual(check(t, text), [`5:8  services.web.variables.X: ${expected}`]);
  });
}

/** By title: the rest of a file, from line 3 on, and the expected problems. */
const files: [title: string, text: string, ...expected: string[]][] = [
  [
    'services that wait for each other',
    `  a: { source: app, port: 1, variables: { X: "\${{b.URL}}" } }
  b: { source: app, port: 2, variables: { X: "\${{c.HOST}}" } }
  c: { source: app, port: 3, preDeploy: { command: go, variables: { X: "\${{a.URL}}" } } }`,
    '3:46  services.a.variables.X: services wait for each other to start: a -> b -> c -> a; a reference to a public address (PUBLIC_URL) does not affect the start order',
  ],
  [
    'two cycles, each reported once',
    `  a: { source: app, port: 1, variables: { X: "\${{b.URL}}" } }
  b: { source: app, port: 2, variables: { X: "\${{a.URL}}" } }
  c: { source: app, port: 3, preDeploy: { command: go, variables: { X: "\${{d.URL}}" } } }
  d: { source: app, port: 4, variables: { X: "\${{c.URL}} \${{a.URL}}" } }`,
    '3:46  services.a.variables.X: services wait for each other to start: a -> b -> a; a reference to a public address (PUBLIC_URL) does not affect the start order',
    '5:72  services.c.preDeploy.variables.X: services wait for each other to start: c -> d -> c; a reference to a public address (PUBLIC_URL) does not affect the start order',
  ],
  [
    'a port that two services use',
    `  a: { source: app, port: 5432 }
  b: { source: app, port: 8080 }
  postgres: { type: postgres, port: 5432 }
gateway: { routes: [{ path: /*, to: b }] }`,
    '5:37  services.postgres.port: 5432 is also the port of "a"; choose another',
    '6:1  gateway.port: 8080 is also the port of "b"; choose another',
  ],
  [
    'a route with an invalid path',
    `  web: { source: app, port: 3000 }
  worker: { source: app }
  redis: { type: redis }
gateway:
  routes:
    - { path: /*, to: wbe }
    - { path: /a/*, to: worker }
    - { path: /b/*, to: redis }
    - { path: /*, to: web }
    - { path: /c/*/d, to: web }`,
    '12:15  gateway.routes.4.path: "/c/*/d" is not a path, such as /, /docs or /api/*',
  ],
  [
    'routes without a usable service',
    `  web: { source: app, port: 3000 }
  worker: { source: app }
  redis: { type: redis }
gateway:
  routes:
    - { path: /*, to: wbe }
    - { path: /a/*, to: worker }
    - { path: /b/*, to: redis }
    - { path: /*, to: web }`,
    '8:23  gateway.routes.0.to: there is no service "wbe"; did you mean "web"?',
    '9:25  gateway.routes.1.to: "worker" has no "port" to route to',
    '10:25  gateway.routes.2.to: "redis" is a data server; it does not speak HTTP',
    '11:15  gateway.routes.3.path: "/*" already has a route',
  ],
  [
    'routes whose hosts or prefixes are wrong',
    `  web: { source: app, port: 3000 }
gateway:
  routes:
    - { host: https://app.example.com, path: /*, to: web }
    - { host: app.example.com:80, path: /*, to: web }
    - { host: App.example.com, path: /*, to: web }
    - { host: 192.0.2.7, path: /*, to: web }
    - { path: /*, to: web, stripPrefix: true }
    - { path: /a/*, to: web, stripPrefix: all }`,
    '6:15  gateway.routes.0.host: "https://app.example.com" is not a host without a port, such as app.example.com or *.example.com',
    '7:15  gateway.routes.1.host: "app.example.com:80" is not a host without a port, such as app.example.com or *.example.com',
    '8:15  gateway.routes.2.host: "App.example.com" is not a host without a port, such as app.example.com or *.example.com',
    '9:15  gateway.routes.3.host: "192.0.2.7" is not a host without a port, such as app.example.com or *.example.com',
    '10:41  gateway.routes.4.stripPrefix: true must be left out: the path of the route has no prefix',
    '11:43  gateway.routes.5.stripPrefix: "all" is not true or false',
  ],
  [
    'two routes of one host and path, and a wildcard on Cloudflare',
    `  web: { source: app, port: 3000 }
gateway:
  provider: cloudflare
  domain: example.com
  cloudflare: { account: ${'a'.repeat(32)}, zone: ${'b'.repeat(32)} }
  routes:
    - { path: /*, to: web }
    - { host: app.example.com, path: /*, to: web }
    - { host: app.example.com, path: /*, to: web }
    - { host: "*.example.com", path: /*, to: web }`,
    '11:38  gateway.routes.2.path: "app.example.com/*" already has a route',
    '12:15  gateway.routes.3.host: "*.example.com" is a wildcard, for which Cloudflare makes no custom domain; write a route for each host',
  ],
  [
    'a gateway with invalid fields',
    `  web: { source: app, port: 3000 }
gateway:
  domain: http://x
  routes: []
  rateLimit: { requests: 0, period: 30s }
  cors: { origins: [example.com] }
  hosts: ['app.example.com:80']`,
    '5:11  gateway.domain: "http://x" is not a domain name, such as app.example.com',
    '6:3  gateway.routes: is empty: expected a list of at least one route',
    '7:26  gateway.rateLimit.requests: 0 is not a whole number from 1 to 1000000',
    '7:37  gateway.rateLimit.period: "30s" is not one of 10s, 60s, the periods that the limiter counts in; did you mean "10s"?',
    '8:21  gateway.cors.origins.0: "example.com" is not an origin, such as https://app.example.com',
    '9:11  gateway.hosts.0: "app.example.com:80" is not a host without a port, such as app.example.com, *.example.com or 192.0.2.7',
  ],
  [
    'routes with invalid fields',
    `  web: { source: app, port: 3000 }
gateway:
  routes:
    - { path: /a, to: web, rateLimit: { requests: 5, period: 30s } }
    - { path: /b, to: web, cache: 0s }
    - { path: /c, to: web, cache: soon }
    - { path: /d, to: web, auth: { jwks: http://id.example.com/keys, issuer: me, audience: a } }
    - { path: /e, to: web, auth: { jwks: https://id.example.com/keys, issuer: "\${{secret.ISSUER}}" } }
    - { path: /f, to: web, cache: 1m, auth: { jwks: https://id.example.com/keys, issuer: me, audience: a } }
    - { path: /g, to: web, auth: jwt }
    - { path: /h, to: web, limit: 5 }`,
    '6:62  gateway.routes.0.rateLimit.period: "30s" is not one of 10s, 60s, the periods that the limiter counts in; did you mean "10s"?',
    '7:35  gateway.routes.1.cache: "0s" must be at least 1s',
    '8:35  gateway.routes.2.cache: "soon" is not a duration, such as 30s, 5m or 1h (a bare number counts seconds)',
    '9:42  gateway.routes.3.auth.jwks: "http://id.example.com/keys" is not an https address, such as https://id.example.com/.well-known/jwks.json',
    '10:28  gateway.routes.4.auth.audience: is missing: the audience of the tokens',
    '10:79  gateway.routes.4.auth.issuer: "${{secret.ISSUER}}" must contain no reference: put it under "variables"',
    '11:35  gateway.routes.5.cache: "1m" must be left out with "auth": responses that require a token are never cached',
    '12:34  gateway.routes.6.auth: "jwt" is not a map with the keys jwks, issuer, audience',
    '13:28  gateway.routes.7.limit: unknown key "limit"; known: host, path, stripPrefix, to, port, rateLimit, auth, cache',
  ],
  [
    'a variable that the gateway does not have',
    `  web: { source: app, port: 3000, variables: { K: "\${{gateway.KEY}}" } }
gateway: { routes: [{ path: /*, to: web }] }`,
    '3:51  services.web.variables.K: "${{gateway.KEY}}": the gateway has no variable "KEY"; known: PUBLIC_KEYS',
  ],
  [
    'variables that double each other',
    `  web:
    source: app
    variables:
      V0: xxxxxxxx
${Array.from({ length: 24 }, (_, i) => `      V${i + 1}: \${{V${i}}}\${{V${i}}}`).join('\n')}`,
    '21:12  services.web.variables.V15: expands to more than 131072 characters or 500 parts',
  ],
];

for (const [title, text, ...expected] of files) {
  test(`refuses ${title}`, (t) => {
    assert.deepEqual(check(t, `name: x\nservices:\n${text}\n`), expected);
  });
}
