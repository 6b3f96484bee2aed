import assert from 'node:assert/strict';
import { test, type TestContext } from 'vitest';
import { parse } from 'yaml';
import { importOf } from './testing.ts';

async function railway(t: TestContext, services: Record<string, object>) {
  const { texts, rows } = await importOf(t, {
    'package.json': '{ "name": "x" }',
    'railway.json': JSON.stringify({ services }),
  });
  const { gateway } = parse(texts['stacks/x.yaml'] ?? '') as { gateway?: { routes: object[] } };
  const said = rows.flatMap(({ to, why }) => (/nothing can reach/.test(why ?? '') ? `${to}: ${why}` : []));
  return { routes: gateway?.routes, said };
}

const api = { image: 'acme/api:1', healthcheckPath: '/health' };

test('the only service of Railway that listens is public', async (t) => {
  const worker = { image: 'acme/worker:1' };
  assert.deepEqual(await railway(t, { api, worker }), { routes: [{ path: '/*', to: 'api' }], said: [] });
});

test('a service of Railway with a domain, or with the name of a site, gets a port and a route', async (t) => {
  const { texts } = await importOf(t, {
    'package.json': '{ "name": "x" }',
    '.railway/railway.ts': `import { defineRailway, image, project, service } from 'railway/iac';
export default defineRailway(() => {
  const web = service('web', { source: image('acme/web:1') });
  const api = service('api', { source: image('acme/api:1'), domains: ['api.example.com'] });
  return project('x', { resources: [web, api] });
});
`,
  });
  const { services, gateway } = parse(texts['stacks/x.yaml'] ?? '') as Record<string, object>;
  assert.partialDeepStrictEqual(services, { web: { port: 3000 }, api: { port: 3001 } });
  assert.deepEqual(gateway, {
    routes: [
      { path: '/*', to: 'web' },
      { host: 'api.example.com', path: '/*', to: 'api' },
    ],
  });
});

test('a service of Railway that nothing can reach has a row, unless it is a worker', async (t) => {
  const { routes, said } = await railway(t, {
    ...{ api, search: api, store: { image: 'acme/store:1' } },
    used: { ...api, variables: { PORT: '9000' } },
    report: { image: 'acme/report:1', cronSchedule: '@daily' },
    sender: { image: 'acme/sender:1', startCommand: 'run queue', variables: { USED: '${{used.URL}}' } },
  });
  assert.equal(routes, undefined);
  const [ofApi, ofSearch, ofStore, ...more] = said;
  assert.match(ofApi ?? '', /^services\.api: no file says that it is public.* `gateway\.routes`$/);
  assert.match(ofSearch ?? '', /^services\.search: no file says that it is public/);
  assert.match(ofStore ?? '', /^services\.store: no file says on which port it listens.* `port`/);
  assert.deepEqual(more, []);
});

test('a private service of Render stays private, without a row', async (t) => {
  const { texts, rows } = await importOf(t, {
    'package.json': '{ "name": "x", "scripts": { "start": "node main.js" } }',
    'main.js': '',
    'render.yaml':
      'services:\n  - { type: pserv, name: search, runtime: node, startCommand: node main.js }\n',
  });
  assert.doesNotMatch(texts['stacks/x.yaml'] ?? '', /gateway/);
  assert.ok(rows.every(({ why }) => !/nothing can reach/.test(why ?? '')));
});

test('a row says that no variable refers to a database for which a service waits', async (t) => {
  const { rows } = await importOf(t, {
    'compose.yaml': `name: x
services:
  db: { image: "postgres:17", environment: { POSTGRES_PASSWORD: x } }
  app: { image: "acme/app:1", depends_on: [db] }
  other: { image: "acme/app:1", depends_on: [db], environment: { URL: "postgres://postgres:x@db:5432/postgres" } }
`,
  });
  const said = rows.filter(({ why }) => why?.startsWith('its variables do not refer to'));
  assert.deepEqual(
    said.map(({ to, line }) => [to, line]),
    [['services.app', 4]],
  );
  assert.match(said[0]?.why ?? '', / with \$\{\{db\.DATABASE_URL\}\}$/);
});

test('a row says that no variable refers to a service for which another one waits', async (t) => {
  const { rows } = await importOf(t, {
    'compose.yaml': `name: x
services:
  queue: { image: "rabbitmq:4", expose: [5672] }
  search: { image: "acme/search:1", expose: [9200] }
  clock: { image: "acme/clock:1" }
  setup: { image: "acme/setup:1", expose: [3000] }
  app:
    image: "acme/app:1"
    depends_on: { queue: {}, search: {}, clock: {}, setup: { condition: service_completed_successfully } }
  other: { image: "acme/app:1", depends_on: [queue], environment: { QUEUE: "amqp://queue:5672" } }
  third: { image: "acme/app:1", depends_on: [search], environment: { SEARCH: "\${SEARCH}" } }
`,
    '.env': 'SEARCH=http://search:9200\n',
  });
  const said = rows.filter(({ why }) => why?.startsWith('its variables do not refer to'));
  assert.deepEqual(
    said.map(({ to, why }) => [to, why]),
    [
      [
        'services.app',
        'its variables do not refer to queue, so it cannot connect to it; write one with ${{queue.HOST}}:${{queue.PORT}}',
      ],
      [
        'services.app',
        'its variables do not refer to search, so it cannot connect to it; write one with ${{search.URL}}',
      ],
    ],
  );
});
