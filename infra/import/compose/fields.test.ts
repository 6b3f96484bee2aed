import assert from 'node:assert/strict';
import { test } from 'vitest';
import { parse } from 'yaml';
import { importOf } from '../testing.ts';

const web = 'services:\n  web:\n    image: acme/web:1\n';
const database =
  '  db: { image: "postgres:16", environment: { POSTGRES_DB: one, POSTGRES_USER: u, POSTGRES_PASSWORD: p } }\n';

/** By what it shows: the Compose file, the fields of `web`, and the fields that were not mapped. */
const cases: Record<string, [compose: string, fields: object, lost: string[]]> = {
  'a variable that no target can set does not stop the import': [
    `${web}    environment: ["1A=x", "discovery.type=single-node"]\n`,
    { image: 'acme/web:1', variables: { 'discovery.type': 'single-node' } },
    ['services.web.environment.0'],
  ],
  'commands replace what they extend, and variables merge by name': [
    `services:
  base:
    image: acme/web:1
    command: [npm, start]
    entrypoint: [/a, b]
    environment: ["A=1", "B=1"]
    healthcheck: { test: [CMD, check, one] }
  web:
    extends: { service: base }
    command: [npm, run, worker]
    entrypoint: [/c]
    environment: { B: "2" }
    healthcheck: { test: [CMD, check] }
`,
    {
      ...{ image: 'acme/web:1', entrypoint: ['/c'], command: ['npm', 'run', 'worker'] },
      ...{ health: { command: ['check'] }, variables: { A: '1', B: '2' } },
    },
    [],
  ],
  'a build keeps its stage and its arguments, and the command is that of the image': [
    'services:\n  web:\n    build: { context: ., target: app, args: { LEVEL: 1 } }\n    command: [serve, "a b"]\n',
    {
      ...{ source: '.', dockerfile: { path: 'Dockerfile', target: 'app', args: { LEVEL: '1' } } },
      command: ['serve', 'a b'],
    },
    [],
  ],
  'a command with quotes consists of the words that a shell would find': [
    `${web}    command: sh -c "serve --all && echo 'a b'"\n    entrypoint: /start\n`,
    { image: 'acme/web:1', entrypoint: '/start', command: ['sh', '-c', "serve --all && echo 'a b'"] },
    [],
  ],
  'a database reads no variables of a file that all services have': [
    `${web}    env_file: all.env\n  db: { image: "postgres:16", env_file: all.env }\n`,
    { image: 'acme/web:1', variables: { LEVEL: 'info' } },
    [],
  ],
  'a health command keeps its words, and its variables are resolved': [
    `${web}    healthcheck: { test: [CMD, node, -e, "process.exit(1 > 2 ? 1 : 0)"] }\n`,
    { image: 'acme/web:1', health: { command: ['node', '-e', 'process.exit(1 > 2 ? 1 : 0)'] } },
    [],
  ],
  'a health command of a shell': [
    `${web}    healthcheck: { test: [CMD-SHELL, "ready -U $\${PGUSER} -d \${DB:-app}"] }\n`,
    { image: 'acme/web:1', health: { command: 'ready -U ${PGUSER} -d app' } },
    [],
  ],
  'a health check asks the port of the service': [
    `${web}    ports: ["3000:3000"]\n    healthcheck: { test: "curl -f http://localhost:3000/ok" }\n`,
    { image: 'acme/web:1', port: 3000, health: { path: '/ok' } },
    [],
  ],
  'a health check of the port in a variable': [
    `${web}    environment: { PORT: 3000 }\n    healthcheck: { test: "curl -f http://localhost:3000/ok" }\n`,
    { image: 'acme/web:1', port: 3000, health: { path: '/ok' } },
    [],
  ],
  'a health check of another port stays a command': [
    `${web}    ports: ["3000:3000"]\n    healthcheck: { test: "curl -f http://localhost:9090/ok" }\n`,
    { image: 'acme/web:1', port: 3000, health: { command: 'curl -f http://localhost:9090/ok' } },
    [],
  ],
  'data that a container mounts is not its code': [
    'services:\n  web:\n    build: .\n    ports: ["3000:3000"]\n    volumes: ["./data:/var/lib/data", ".:/app"]\n',
    { source: '.', dockerfile: 'Dockerfile', port: 3000 },
    ['services.web.volumes.0'],
  ],
  'the address of another database of the server consists of its parts': [
    `${web}    environment: { A: "postgres://u:p@db:5432/other?sslmode=disable", B: "postgres://u:p@db/one" }\n${database}`,
    {
      image: 'acme/web:1',
      variables: {
        A: 'postgres://${{db.PGUSER}}:${{db.PGPASSWORD}}@${{db.PGHOST}}:${{db.PGPORT}}/other?sslmode=disable',
        B: '${{db.DATABASE_URL}}',
      },
    },
    [],
  ],
  'the address of a published port is the public one, and that of another port stays': [
    `${web}    ports: ["3000:80"]\n    environment: { OWN: "http://localhost:3000/a", API: "http://127.0.0.1:4000", OTHER: "http://localhost:80" }\n  api: { image: "acme/api:1", ports: ["4000:4000"] }\n`,
    {
      ...{ image: 'acme/web:1', port: 80 },
      variables: {
        OWN: '${{web.PUBLIC_URL}}/a',
        API: '${{api.PUBLIC_URL}}',
        OTHER: 'http://localhost:80',
      },
    },
    [],
  ],
  'a text that contains the name of a service is no reference to it': [
    `${web}    environment: { DEBUG: mydb }\n    depends_on: [db]\n${database}`,
    { image: 'acme/web:1', variables: { DEBUG: 'mydb' }, dependsOn: { db: 'ready' } },
    [],
  ],
  'a service waits for the end of one that runs once': [
    `${web}    depends_on: { setup: { condition: service_completed_successfully }, db: { condition: service_healthy } }\n  setup: { image: "acme/setup:1", command: [fill] }\n${database}`,
    { image: 'acme/web:1', dependsOn: { setup: 'completed', db: 'ready' } },
    [],
  ],
  'a service that listens never completes': [
    `${web}    depends_on: { setup: { condition: service_completed_successfully } }\n  setup: { image: "acme/setup:1", ports: ["90:90"] }\n`,
    { image: 'acme/web:1' },
    ['services.web.depends_on'],
  ],
  'a shared variable can refer to a service': [
    `${web}    environment: { A: "\${A:-db:5432}" }\n    depends_on: [db]\n${database}`,
    { image: 'acme/web:1', variables: { A: '${{shared.A}}' } },
    [],
  ],
};

for (const [name, [compose, fields, lost]] of Object.entries(cases)) {
  test(`Compose: ${name}`, async (t) => {
    const { texts, rows } = await importOf(t, {
      ...{ 'compose.yaml': compose, Dockerfile: 'FROM node:24 AS app\n', 'server.js': '' },
      'all.env': 'LEVEL=info\n',
      'package.json': '{ "name": "shop", "scripts": { "start": "node server.js" } }',
    });
    const { services } = parse(texts['stacks/shop.yaml'] ?? '{}') as { services?: Record<string, object> };
    assert.deepEqual(services?.['web'], fields, JSON.stringify(rows, undefined, 1));
    assert.deepEqual(
      rows.filter(({ outcome }) => outcome === 'cannot').map(({ field }) => field),
      lost,
    );
  });
}

test('the files of Compose that are not read are named', async (t) => {
  const { ignored } = await importOf(t, {
    'compose.yaml': web,
    'compose.prod.yaml': web,
    ...{ 'docker-compose.dev.yml': web, Procfile: 'web: a\n', 'stacks/compose.yaml': web },
  });
  assert.deepEqual(ignored, ['compose.prod.yaml', 'docker-compose.dev.yml', 'Procfile']);
});
