import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'vitest';
import { loadStack } from '../stack/load.ts';
import { problemsOf, scratch } from '../stack/scratch.ts';
import { buildGraph } from './graph.ts';
import { check, graphOf } from './scratch-graph.ts';

test('a service with "enabled: false" does not exist, and an overlay can change it', (t) => {
  const folder = scratch(t, {
    'stacks/x.yaml': `name: x
services:
  web: { image: 'web:1', enabled: true }
  mail: { image: 'mail:1', enabled: false, envFile: missing.env }
  db: { type: postgres }
`,
    'stacks/x.dev.yaml': `extends: x.yaml
services: { mail: { enabled: true, envFile: null }, db: { enabled: false } }
`,
  });
  const names = (file: string) =>
    buildGraph(loadStack(join(folder, file)), 'test')
      .services.map(({ name }) => name)
      .toSorted();
  assert.deepEqual(names('stacks/x.yaml'), ['db', 'web']);
  assert.deepEqual(names('stacks/x.dev.yaml'), ['mail', 'web']);
});

test('ports of services that are left out are free', (t) => {
  const { services } = graphOf(
    t,
    `name: x
services:
  one: { image: 'a:1', port: 3000, enabled: false }
  two: { image: 'a:1', port: 3000 }
`,
  );
  assert.deepEqual(
    services.map(({ name }) => name),
    ['two'],
  );
});

test('what refers to a service that is left out is a problem that says so', (t) => {
  assert.deepEqual(
    check(
      t,
      `name: x
services:
  db: { type: postgres, enabled: false }
  web:
    image: 'web:1'
    port: 3000
    dependsOn: [db]
    variables: { URL: "\${{db.DATABASE_URL}}", OTHER: "\${{dbb.HOST}}" }
  old: { image: 'a:1', port: 3001, enabled: false }
gateway: { routes: [{ path: /*, to: old }] }
`,
    ),
    [
      '7:5  services.web.dependsOn.db: there is no service "db"; "db" has "enabled: false" in this environment',
      '8:23  services.web.variables.URL: "${{db.DATABASE_URL}}": there is no service "db"; "db" has "enabled: false" in this environment',
      '8:54  services.web.variables.OTHER: "${{dbb.HOST}}": there is no service "dbb"; known: web, shared, secret, pulumi',
      '10:37  gateway.routes.0.to: there is no service "old"; "old" has "enabled: false" in this environment',
    ],
  );
});

test('a service that is left out is checked too', (t) => {
  assert.deepEqual(
    check(t, 'name: x\nservices:\n  a: { image: "a:1" }\n  b: { image: "b:1", prot: 1, enabled: false }\n'),
    ['4:22  services.b.prot: unknown key "prot"; did you mean "port"?'],
  );
  assert.deepEqual(check(t, 'name: x\nservices:\n  a: { image: "a:1", enabled: no thanks }\n'), [
    '3:31  services.a.enabled: must be true or false',
  ]);
  assert.deepEqual(check(t, 'name: x\nservices:\n  a: { image: "a:1", enabled: false }\n'), [
    '2:1  services: must contain at least one service that is enabled',
  ]);
});

test('problems of a file are sorted', (t) => {
  const folder = scratch(t, {
    'stack.yaml': "name: x\nservices: { web: { image: 'web:1', enabled: 1, port: x } }\n",
  });
  assert.deepEqual(
    problemsOf(folder, () => buildGraph(loadStack(join(folder, 'stack.yaml')), 'test')).map(
      (line) => line.split(' ')[0],
    ),
    ['stack.yaml:2:45', 'stack.yaml:2:54'],
  );
});
