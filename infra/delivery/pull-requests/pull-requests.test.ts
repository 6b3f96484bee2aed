import assert from 'node:assert/strict';
import { test, type TestContext } from 'vitest';
import { parse } from 'yaml';
import { buildGraph } from '../../graph/graph.ts';
import { loadStack } from '../../stack/load.ts';
import { scratch } from '../../stack/scratch.ts';
import { join } from 'node:path';
import { chooseServices } from './choose.ts';
import { overlayText } from './overlay.ts';
import { checkSecrets, neededSecrets } from './secrets.ts';
import { settingsText } from './settings.ts';

const shop = `name: shop
pullRequests: { seed: { api: node seed.js }, secrets: { TOKEN: generate } }
services:
  db: { type: postgres, external: { url: "\${{secret.DATABASE_URL}}" } }
  cache: { type: redis }
  api:
    source: api
    port: 3001
    publish: 9001
    preDeploy: node migrate.js
    variables: { DB: "\${{db.DATABASE_URL}}", TOKEN: "\${{secret.TOKEN}}", CALLER: "\${{web.IDENTITY_PUBLIC_KEY}}" }
  web: { source: web, port: 3000, publish: 9000, variables: { API: "\${{api.URL}}" } }
  docs: { source: web, port: 3002 }
  job: { source: job, cron: "0 0 * * *", variables: { CACHE: "\${{cache.REDIS_URL}}", MAIL: "\${{secret.MAIL}}" } }
gateway: { routes: [{ path: /docs, to: docs }, { path: /*, to: web, cache: 1m }] }
`;

const files = {
  'api/main.ts': '',
  'api/migrate.ts': '',
  'api/seed.ts': '',
  'web/main.ts': '',
  'job/main.ts': '',
};

function load(t: TestContext, text = shop) {
  const folder = scratch(t, { ...files, 'stacks/shop.yaml': text });
  const stack = loadStack(join(folder, 'stacks/shop.yaml'));
  return { folder, stack, graph: buildGraph(stack, 'dev') };
}

test('what runs: affected services, those behind the gateway that reach them, and all that these refer to', (t) => {
  const { graph } = load(t);
  const chosen = (...affected: string[]) => chooseServices(graph, affected).services.toSorted();
  assert.deepEqual(chosen('job'), ['cache', 'job']);
  // The web page connects to the api, and the api checks the keys of the web page.
  assert.deepEqual(chosen('api'), ['api', 'db', 'web']);
  assert.deepEqual(chosen('db'), ['api', 'db', 'web']);
  assert.deepEqual(chosen('docs'), ['docs']);
  assert.deepEqual(chosen('gateway'), ['api', 'db', 'docs', 'web']);
  assert.deepEqual(chosen(), []);
  assert.deepEqual(chooseServices(graph, ['job']).routes, []);
  assert.deepEqual(chooseServices(graph, ['api']).routes, [1]);
  assert.equal(chooseServices(graph, undefined).left.length, 0);
});

test('the overlay has servers of its own and the seed after preDeploy; the graph of it is the choice', (t) => {
  const { folder, stack, graph } = load(t);
  const chosen = chooseServices(graph, ['api']);
  const text = overlayText('stacks/shop.yaml', { stack: stack.stack, shared: new Map() }, chosen, 7);
  assert.deepEqual(parse(text), {
    extends: 'shop.yaml',
    services: {
      db: { external: null },
      cache: null,
      api: { preDeploy: { command: ['node migrate.js', 'node seed.js'] }, publish: null },
      web: { publish: null },
      docs: null,
      job: null,
    },
    gateway: { port: 20_007, routes: [{ path: '/*', to: 'web', cache: 60 }] },
    pullRequests: null,
  });
  const made = scratch(t, { ...files, 'stacks/shop.yaml': shop, 'stacks/shop.pr-7.yaml': text });
  assert.notEqual(made, folder);
  const { services } = buildGraph(loadStack(join(made, 'stacks/shop.pr-7.yaml')), 'pr-7');
  assert.deepEqual(services.map(({ name, form }) => `${name} ${form}`).toSorted(), [
    'api code',
    'db data',
    'web code',
  ]);
});

test('hosts of routes are below the domain of the pull request, so that it takes none of the environment', (t) => {
  const domain = `name: shop
pullRequests: { domain: pr.example.com }
services: { web: { source: web, port: 3000 } }
gateway:
  domain: shop.example.com
  routes:
    - { path: /*, to: web }
    - { host: app.example.com, path: /*, to: web }
    - { host: "*.example.com", path: /*, to: web }
`;
  const { stack, graph } = load(t, domain);
  const chosen = chooseServices(graph, undefined);
  const text = overlayText('stacks/shop.yaml', { stack: stack.stack, shared: new Map() }, chosen, 7);
  assert.deepEqual((parse(text) as { gateway: object }).gateway, {
    domain: 'pr-7.pr.example.com',
    routes: [
      { path: '/*', to: 'web' },
      { host: 'app.pr-7.pr.example.com', path: '/*', to: 'web' },
      { host: '*.pr-7.pr.example.com', path: '/*', to: 'web' },
    ],
  });
});

test('a secret that the stack file does not allow is a problem; that of an external server is not needed', (t) => {
  const { stack, graph } = load(t);
  const from = { name: 'dev', secrets: { has: () => false, valueOf: () => undefined } };
  const { secrets } = stack.stack.pullRequests!;
  const needed = (...affected: string[]) => neededSecrets(graph, chooseServices(graph, affected));
  assert.deepEqual(needed('api'), ['TOKEN']);
  assert.deepEqual(checkSecrets(needed('api'), secrets, from), []);
  const problems = stack.place(checkSecrets(needed('job'), secrets, from));
  assert.deepEqual(
    problems.map(({ line, message }) => [line, message]),
    [
      [
        2,
        'gives no secret MAIL, which a service uses; write `secrets: { MAIL: generate }`, or `copy` for the value that dev has',
      ],
    ],
  );
  assert.equal(checkSecrets(['MAIL'], { MAIL: 'copy' }, from)[0]?.message, 'dev has no secret MAIL to copy');
});

test('the settings have no secret of the environment, and nothing that belongs to it alone', () => {
  const from = {
    secretsprovider: 'awskms://a',
    encryptionsalt: 'v1:salt-of-dev',
    config: {
      'railhead:target': 'process',
      'railhead:stackFile': 'stacks/shop.yaml',
      'railhead:identity': 'former',
      'railhead:owner': 'ada',
      'railhead:dockerPool': '10.93.0.0/16',
      'railhead:promotesFrom': 'qa',
      'railhead:TOKEN': { secure: 'v1:token' },
      'railhead:PLAIN': 'canary',
      'shop:size': 3,
      'shop:password': 'canary',
      'shop:adminPassword': 'canary',
      'kubernetes:kubeconfig': 'users: [{ token: canary }]',
      'shop:pool': { hosts: ['a'], key: { secure: 'v1:key' } },
    },
  };
  const former = {
    encryptionsalt: 'v1:own',
    config: { 'railhead:TOKEN': { secure: 'v1:own' }, 'shop:size': 2 },
  };
  const place = { number: 7, stackFile: 'stacks/shop.pr-7.yaml' };
  assert.deepEqual(parse(settingsText(from, former, place)), {
    secretsprovider: 'awskms://a',
    encryptionsalt: 'v1:own',
    config: {
      'railhead:target': 'process',
      'shop:size': 3,
      'railhead:stackFile': 'stacks/shop.pr-7.yaml',
      'railhead:TOKEN': { secure: 'v1:own' },
    },
  });
});

test('what pull requests may not get is reported at its place', (t) => {
  const problems = (text: string) => {
    try {
      load(t, text);
      return [];
    } catch (error) {
      return (error as Error).message.split('\n').map((line) => line.replace(/^.*shop\.yaml:/, ''));
    }
  };
  const with_ = (part: string) => shop.replace(/pullRequests: .*/, part);
  assert.deepEqual(problems(with_('pullRequests: {}\npolicy: { stage: production }')), [
    '2:1  pullRequests: must be left out in production: code of a pull request would get settings and secrets of production',
  ]);
  assert.deepEqual(problems(with_('pullRequests: { seed: { apo: x, db: y }, expires: 4y }')), [
    '2:25  pullRequests.seed.apo: there is no service "apo"; did you mean "api"?',
    '2:33  pullRequests.seed.db: "db" runs no commands; name a service that uses it',
    '2:51  pullRequests.expires: "4y" is not a time from 1h to 90d, such as 12h or 3d',
  ]);
});
