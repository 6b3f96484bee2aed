import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'vitest';
import { loadStack } from '../stack/load.ts';
import { problemsOf, scratch } from '../stack/scratch.ts';
import { buildGraph } from './graph.ts';
import { codeNode, graphOf } from './scratch-graph.ts';
import type { ServiceGraph, Template } from './types.ts';

/** Formats a template, with `<…>` for values that are known only at deploy time. */
function show(template: Template | undefined): string | undefined {
  return template
    ?.map((piece) => {
      if (typeof piece === 'string') {
        return piece;
      }
      return piece.kind === 'provided' ? `<${piece.service}.${piece.name}>` : `<${piece.kind}.${piece.name}>`;
    })
    .join('');
}

function variable(graph: ServiceGraph, service: string, name: string): string | undefined {
  return show(codeNode(graph, service).variables[name]);
}

const text = `
name: x
variables:
  LEVEL: info
  GREETING: "level \${{shared.LEVEL}}"
services:
  web:
    source: app
    port: 3000
    variables:
      A: \${{shared.GREETING}}!
      B: "\${{ MY API.C }} and \${{my-api.c}}"
      LITERAL: $\${{shared.LEVEL}}
      AGAIN: \${{LITERAL}}
      TOKEN: t-\${{secrets.TOKEN}}
      BUCKET: b-\${{ pulumi.bucketName }}
      SELF: \${{web.A}}\${{self.A}}
      API: \${{my-api.url}}
      HOME: \${{my-api.PUBLIC_URL}}
      WHO: \${{my-api.RAILWAY_SERVICE_NAME}} \${{RAILWAY_ENVIRONMENT}}
      NUMBER: 1.10
      FLAG: True
  my-api:
    source: app
    port: 3001
    volume: { path: /data, size: 1Gi }
    variables:
      C: c-\${{db.DATABASE_URL}}
      WEB: \${{web.PUBLIC_URL}}
      PORT_OF_DB: \${{db.PORT}}
      FILE: \${{RAILWAY_VOLUME_MOUNT_PATH}}/file
  worker:
    source: app
    preDeploy: { command: prepare, variables: { OWNER: "\${{db.OWNER_URL}}" } }
    variables: { URL: "http://elsewhere", KEY: "\${{IDENTITY_KEY}}", GATE: "\${{gateway.PUBLIC_KEYS}}" }
  db: { type: postgres }
gateway:
  port: 8000
  routes: [{ path: /*, to: web }, { path: /api/*, to: my-api }]
`;

test('resources use the recorded name of the stack; RAILWAY_PROJECT_NAME is its current name', (t) => {
  const folder = scratch(t, { 'stack.yaml': text, 'app/Dockerfile': '', 'app/main.ts': '' });
  const graph = buildGraph(loadStack(join(folder, 'stack.yaml')), 'test', { identity: 'before' });
  assert.equal(graph.name, 'before');
  assert.equal(variable(graph, 'web', 'RAILWAY_PROJECT_NAME'), 'x');
});

test('resolves every form of reference', (t) => {
  const graph = graphOf(t, text);
  const web = (name: string) => variable(graph, 'web', name);
  assert.equal(web('A'), 'level info!');
  assert.equal(web('B'), 'c-<db.DATABASE_URL> and c-<db.DATABASE_URL>');
  assert.equal(web('TOKEN'), 't-<secret.TOKEN>');
  assert.equal(web('BUCKET'), 'b-<pulumi.bucketName>');
  assert.equal(web('SELF'), 'level info!level info!');
  assert.equal(web('API'), '<my-api.URL>');
  assert.equal(web('HOME'), '<my-api.PUBLIC_URL>');
  assert.equal(web('WHO'), 'my-api test');
  assert.equal(variable(graph, 'my-api', 'FILE'), '<my-api.RAILWAY_VOLUME_MOUNT_PATH>/file');
  assert.equal(variable(graph, 'worker', 'KEY'), '<worker.IDENTITY_KEY>');
  assert.equal(variable(graph, 'worker', 'GATE'), '<gateway.PUBLIC_KEYS>');
});

test('a reference and `dependsOn` can spell the name of a service with capital letters, spaces and underscores', (t) => {
  const graph = graphOf(
    t,
    `name: x
services:
  api-web: { source: app, port: 3000 }
  list: { source: app, dependsOn: [API_Web], variables: { U: "\${{API Web.HOST}}" } }
  map: { source: app, dependsOn: { API Web: ready }, variables: { U: "\${{API_Web.HOST}}" } }
`,
  );
  for (const name of ['list', 'map']) {
    const { config, dependsOn } = codeNode(graph, name);
    assert.deepEqual([config.dependsOn, dependsOn], [{ 'api-web': 'ready' }, ['api-web']]);
  }
});

test('each value that the Pulumi program does not pass is a problem at its first reference', (t) => {
  const services = `a: { source: app, variables: { X: "\${{pulumi.bucket}}", Y: "\${{pulumi.bucket}}" } }`;
  const folder = scratch(t, { 'stack.yaml': `name: x\nservices:\n  ${services}\n`, 'app/main.ts': '' });
  const file = join(folder, 'stack.yaml');
  const problems = (values?: string[]) =>
    problemsOf(folder, () => buildGraph(loadStack(file), 'test', { values }));
  assert.deepEqual(problems(['buckets']), [
    'stack.yaml:3:37  services.a.variables.X: the Pulumi program passes no value "bucket" (did you mean "buckets"?); pass it: deploy({ values: { bucket: … } })',
  ]);
  assert.deepEqual([problems(['bucket']), problems()], [[], []]);
});

test('keeps the original text of a variable', (t) => {
  const graph = graphOf(t, text);
  assert.equal(variable(graph, 'web', 'NUMBER'), '1.10');
  assert.equal(variable(graph, 'web', 'FLAG'), 'True');
});

test('does not resolve references in resolved values', (t) => {
  const graph = graphOf(t, text);
  assert.equal(variable(graph, 'web', 'LITERAL'), '${{shared.LEVEL}}');
  assert.equal(variable(graph, 'web', 'AGAIN'), '${{shared.LEVEL}}');
});

test('a private reference, also through another variable, creates an edge; a public one does not', (t) => {
  const { edges, services } = graphOf(t, text);
  assert.deepEqual(
    edges.map(({ from, to }) => `${from} -> ${to}`),
    ['my-api -> db', 'worker -> db', 'web -> db', 'web -> my-api'],
  );
  assert.deepEqual(
    services.map(({ name }) => name),
    ['db', 'my-api', 'worker', 'web'],
  );
  const db = services.find(({ name }) => name === 'db');
  assert.deepEqual(db?.provides, ['DATABASE_URL', 'OWNER_URL', 'PORT', 'RAILWAY_PRIVATE_DOMAIN']);
});

test("sets Railway's variables for every service, and the domains of its dependencies", (t) => {
  const graph = graphOf(t, text);
  const names = (service: string) => {
    const all = codeNode(graph, service).variables;
    return Object.fromEntries(
      Object.keys(all)
        .filter((name) => name.includes('RAILWAY'))
        .map((name) => [name, show(all[name])]),
    );
  };
  assert.deepEqual(names('my-api'), {
    RAILWAY_SERVICE_NAME: 'my-api',
    RAILWAY_PROJECT_NAME: 'x',
    RAILWAY_ENVIRONMENT: 'test',
    RAILWAY_ENVIRONMENT_NAME: 'test',
    RAILWAY_VOLUME_MOUNT_PATH: '<my-api.RAILWAY_VOLUME_MOUNT_PATH>',
    RAILWAY_PRIVATE_DOMAIN: '<my-api.RAILWAY_PRIVATE_DOMAIN>',
    RAILWAY_PUBLIC_DOMAIN: '<my-api.RAILWAY_PUBLIC_DOMAIN>',
    DB_RAILWAY_PRIVATE_DOMAIN: '<db.RAILWAY_PRIVATE_DOMAIN>',
  });
  assert.equal(names('web')['MY_API_RAILWAY_PRIVATE_DOMAIN'], '<my-api.RAILWAY_PRIVATE_DOMAIN>');
  assert.equal('RAILWAY_PRIVATE_DOMAIN' in names('worker'), false);
});

test("a declared variable overrides a provided one and Railway's", (t) => {
  const graph = graphOf(
    t,
    `name: x
services:
  a: { source: app, port: 1, variables: { URL: https://a.example, RAILWAY_SERVICE_NAME: other } }
  b: { source: app, variables: { A: "\${{a.URL}}", N: "\${{a.RAILWAY_SERVICE_NAME}}" } }
`,
  );
  assert.equal(variable(graph, 'b', 'A'), 'https://a.example');
  assert.equal(variable(graph, 'b', 'N'), 'other');
  assert.equal(variable(graph, 'a', 'RAILWAY_SERVICE_NAME'), 'other');
  assert.deepEqual(graph.edges, []);
});

test("preDeploy gets the database owner's credentials under the service's variable names", (t) => {
  const graph = graphOf(
    t,
    `name: x
services:
  api:
    source: app
    preDeploy: { command: node migrate.js, variables: { KEPT: "\${{db.DATABASE_URL}}" } }
    variables:
      DATABASE_URL: \${{db.DATABASE_URL}}?sslmode=disable
      PARTS: \${{db.PGUSER}}:\${{db.PGPASSWORD}}@\${{db.PGHOST}}
      READ: \${{db.READONLY_URL}}
      CACHE: \${{redis.URL}}
      KEPT: \${{db.URL}}
  plain: { source: app, variables: { URL: "\${{db.URL}}" } }
  db: { type: postgres }
  redis: { type: redis }
`,
  );
  const preDeploy = (name: string) =>
    Object.entries(codeNode(graph, name).preDeployVariables).map(([key, template]) => [key, show(template)]);
  assert.deepEqual(preDeploy('api'), [
    ['DATABASE_URL', '<db.OWNER_URL>?sslmode=disable'],
    ['PARTS', '<db.OWNER_USER>:<db.OWNER_PASSWORD>@<db.PGHOST>'],
    ['KEPT', '<db.DATABASE_URL>'],
  ]);
  assert.deepEqual(preDeploy('plain'), []);
});

test('the stack files of this repository are valid', () => {
  const stacks = join(import.meta.dirname, '../../stacks');
  for (const name of ['dev', 'docker', 'staging', 'prod']) {
    const graph = buildGraph(loadStack(join(stacks, `rota.${name}.yaml`)), name);
    assert.deepEqual(
      graph.edges.map(({ from, to }) => `${from} -> ${to}`),
      [
        'api -> postgres',
        'api -> redis',
        'scheduler -> redis',
        'web -> api',
        'worker -> api',
        'worker -> postgres',
        'worker -> redis',
      ],
    );
  }
  for (const name of ['pages', 'greeter']) {
    buildGraph(loadStack(join(stacks, `examples/${name}.yaml`)), 'dev');
  }
});
