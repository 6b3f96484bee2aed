import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'vitest';
import { loadStack } from '../stack/load.ts';
import { formatProblem } from '../stack/problem.ts';
import { scratch } from '../stack/scratch.ts';
import { unreferencedDomains } from './code-reads.ts';
import { buildGraph } from './graph.ts';
import { check, graphOf } from './scratch-graph.ts';

const stack = (value: string) => `name: x
variables: { API_PORT: "1001" }
services:
  web: { source: app, port: 1000, variables: {
    X: ${JSON.stringify(value)} } }
  api: { source: app, port: 1001 }
  plain: { source: app, port: 80, ports: { rpc: 81 } }
  db: { type: postgres }
  far: { type: postgres, port: 5433, external: { url: "\${{secret.FAR}}" } }
gateway: { routes: [{ path: /*, to: web }] }
`;

const wrong: [value: string, problem: string][] = [
  [
    'http://${{api.RAILWAY_PRIVATE_DOMAIN}}/v1',
    'leads to port 80, but "api" listens on 1001; add ":${{api.PORT}}"',
  ],
  ['ws://me@${{api.HOST}}?a=b', 'leads to port 80, but "api" listens on 1001; add ":${{api.PORT}}"'],
  ['https://${{api.HOST}}/', 'leads to port 443, but "api" listens on 1001; add ":${{api.PORT}}"'],
  ['http://${{api.PRIVATE_DOMAIN}}:5679', '"api" listens only on 1001, not on 5679'],
  ['${{api.HOST}}:${{plain.PORT}}', '"api" listens only on 1001, not on 80'],
  ['${{plain.HOST}}:82', '"plain" listens only on 80 and 81, not on 82'],
  ['${{api.HOST}}:${{plain.RPC_PORT}}', '"api" listens only on 1001, not on 81'],
  [
    '${{plain.RPC_URL}}',
    '"${{plain.RPC_URL}}": "plain" has no variable "RPC_URL"; known: HOST, PORT, URL, PRIVATE_DOMAIN, RAILWAY_PRIVATE_DOMAIN, IDENTITY_PUBLIC_KEY, RPC_PORT, RPC_ADDRESS',
  ],
  ['postgres://u:${{db.PGPASSWORD}}@${{db.PGHOST}}:5433/x', '"db" listens only on 5432, not on 5433'],
  ['${secret.TOKEN}', '"${secret.TOKEN}" is not a reference; write ${{secret.TOKEN}}'],
  ['a {{ api.URL }} b', '"{{ api.URL }}" is not a reference; write ${{api.URL}}'],
];

for (const [value, problem] of wrong) {
  test(`refuses ${value}`, (t) => {
    assert.deepEqual(check(t, stack(value)), [`5:8  services.web.variables.X: ${problem}`]);
  });
}

test('an address to which the program may append the port is a warning', (t) => {
  const { warnings } = graphOf(t, stack('http://${{api.HOST}}, http://${{api.HOST}}'));
  const line =
    '5:8  warning: services.web.variables.X: leads to port 80, but "api" listens on 1001; add ":${{api.PORT}}"';
  assert.deepEqual(
    warnings.map((warning) => formatProblem(warning).replace(/^.*stack\.yaml:/, '')),
    [line, line],
  );
});

test('valid addresses and texts that are not references cause no warning', (t) => {
  const values = [
    'http://${{api.HOST}}:${{api.PORT}}/v1',
    'http://${{api.HOST}}:${{shared.API_PORT}}',
    'http://${{plain.HOST}}/v1',
    '${{api.HOST}}',
    '${{plain.HOST}}:${{plain.RPC_PORT}} ${{plain.HOST}}:81',
    '${{far.PGHOST}}:6000',
    '${HOME} ${a.b} {{ user.NAME }} {{api.nothing}} $${{api.URL}} ${secret.lower}',
  ];
  for (const value of values) assert.deepEqual(graphOf(t, stack(value)).warnings, [], value);
});

test('https before a public domain is a warning if the gateway serves only http', (t) => {
  const file = join(
    scratch(t, { 'a.yaml': stack('https://${{web.PUBLIC_DOMAIN}}'), 'app/main.ts': '' }),
    'a.yaml',
  );
  const warningsWith = (scheme: 'http' | 'https') => {
    const target = { name: 'docker', unsupported: () => [], publicScheme: () => scheme };
    return buildGraph(loadStack(file), 'test', { target }).warnings.map(formatProblem);
  };
  assert.deepEqual(warningsWith('https'), []);
  assert.match(
    warningsWith('http').join(),
    /:5:8 {2}warning: .* the gateway serves only http in this environment, .*write \$\{\{web\.PUBLIC_URL\}\}.* \(environment test, target docker\)$/,
  );
});

/** Fields of a service, and the expected problems of its source and commands. */
const programs: [fields: string, ...expected: string[]][] = [
  [
    'source: empty',
    '3:18  services.web.source: "empty" contains neither main.ts nor main.js, and the service has no "start"',
  ],
  [
    'source: app, start: node server.js',
    '3:30  services.web.start: "node server.js" finds no server.js and no server.ts in the folder "app"',
  ],
  [
    'source: app, preDeploy: [node migrate.mjs]',
    '3:23  services.web.preDeploy: "node migrate.mjs" finds no migrate.mjs in the folder "app"',
  ],
  ['source: app, build: make, start: node dist/server.js'],
  ['source: empty, start: npm start'],
  [
    'source: django',
    '3:3  services.web: needs "start": its runtime is python (requirements.txt), and the folder "django" has no program that python starts by default',
  ],
  [
    'source: compiled',
    '3:18  services.web.source: "compiled" contains neither main.ts nor main.js, and the service has no "start"',
  ],
  ['source: app, start: node --watch server.js'],
];

for (const [fields, ...expected] of programs) {
  test(`looks for the program of { ${fields} }`, (t) => {
    const folder = scratch(t, {
      'a.yaml': `name: x\nservices:\n  web: { ${fields} }\n`,
      'empty/': '',
      'django/manage.py': '',
      'django/requirements.txt': 'Django==5.1',
      'compiled/package.json': '{ "scripts": { "build": "tsc" } }',
      'app/main.js': '',
    });
    const loaded = loadStack(join(folder, 'a.yaml'));
    if (expected.length === 0) assert.deepEqual(buildGraph(loaded, 'test').warnings, []);
    else
      assert.throws(() => buildGraph(loaded, 'test'), { message: `${folder}/a.yaml:${expected.join('')}` });
  });
}

test('code that reads the address of a service to which its variables do not refer is a warning', (t) => {
  const folder = scratch(t, {
    'a.yaml': `name: x
services:
  web:
    source: web
    variables: { A: "\${{api.URL}}" }
  api: { source: api, port: 1 }
  my-db: { type: postgres }
`,
    'web/main.ts': 'env.API_RAILWAY_PRIVATE_DOMAIN; env.OTHER_RAILWAY_PRIVATE_DOMAIN;',
    'web/lib/db.ts': 'env.MY_DB_RAILWAY_PRIVATE_DOMAIN',
    'web/node_modules/x/index.js': 'env.WEB_RAILWAY_PRIVATE_DOMAIN',
    'api/main.ts': 'env.API_RAILWAY_PRIVATE_DOMAIN',
  });
  const loaded = loadStack(join(folder, 'a.yaml'));
  const problems = unreferencedDomains(loaded, buildGraph(loaded, 'test')).map(formatProblem);
  assert.deepEqual(problems, [
    `${folder}/a.yaml:3:3  warning: services.web: web/lib/db.ts reads MY_DB_RAILWAY_PRIVATE_DOMAIN, which is not set: no variable of "web" refers to "my-db"; add MY_DB_RAILWAY_PRIVATE_DOMAIN: \${{my-db.RAILWAY_PRIVATE_DOMAIN}}`,
  ]);
});
