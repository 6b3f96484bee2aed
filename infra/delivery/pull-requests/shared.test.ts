import assert from 'node:assert/strict';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { test, type TestContext } from 'vitest';
import { parse } from 'yaml';
import { buildGraph } from '../../graph/graph.ts';
import { loadStack } from '../../stack/load.ts';
import { scratch } from '../../stack/scratch.ts';
import { chooseServices } from './choose.ts';
import { overlayText } from './overlay.ts';
import { checkShared, reachShared, sharedVariables } from './shared.ts';

const shop = `name: shop
pullRequests: { share: [api] }
services:
  db: { type: postgres }
  api: { source: api, port: 3001, variables: { DB: "\${{db.DATABASE_URL}}" } }
  web:
    source: web
    port: 3000
    preDeploy: { command: node main.js, variables: { CHECK: "\${{api.HOST}}" } }
    variables:
      BASE: "\${{api.URL}}/v1"
      API: "\${{BASE}}?key=\${{secret.KEY}}&at=$\${{now}}"
      OTHER: "\${{docs.URL}}"
  docs: { source: web, port: 3002 }
`;

function load(t: TestContext, text = shop) {
  const folder = scratch(t, { 'api/main.ts': '', 'web/main.ts': '', 'stacks/shop.yaml': text });
  const stack = loadStack(join(folder, 'stacks/shop.yaml'));
  return { stack, graph: buildGraph(stack, 'dev') };
}

test('a service that is shared does not run, nor what only it refers to', (t) => {
  const { graph } = load(t);
  const chosen = (affected: string[] | undefined) => {
    const { services, shared } = chooseServices(graph, affected, ['api']);
    return [services.toSorted(), shared];
  };
  assert.deepEqual(chosen(['web']), [['docs', 'web'], ['api']]);
  assert.deepEqual(chosen(['docs']), [['docs'], []]);
  assert.deepEqual(chosen(['api']), [['api', 'db'], []]);
  assert.deepEqual(chosen(['api', 'web']), [['api', 'db', 'docs', 'web'], []]);
  assert.deepEqual(chosen(undefined)[1], []);
});

test('the overlay has the address of a shared service, and the rest of a variable as it was', (t) => {
  const { stack, graph } = load(t);
  const chosen = chooseServices(graph, ['web'], ['api']);
  const shared = sharedVariables(graph, { api: 'http://127.0.0.9:4001' });
  const text = overlayText('stacks/shop.yaml', { stack: stack.stack, shared }, chosen, 7);
  assert.deepEqual(parse(text), {
    extends: 'shop.yaml',
    services: {
      db: null,
      api: null,
      web: {
        variables: {
          BASE: 'http://127.0.0.9:4001/v1',
          API: 'http://127.0.0.9:4001/v1?key=${{secret.KEY}}&at=$${{now}}',
        },
        preDeploy: { variables: { CHECK: '127.0.0.9' } },
      },
    },
    pullRequests: null,
  });
  const made = scratch(t, {
    ...{ 'api/main.ts': '', 'web/main.ts': '', 'stacks/shop.yaml': shop },
    'stacks/shop.pr-7.yaml': text,
  });
  const { services } = buildGraph(loadStack(join(made, 'stacks/shop.pr-7.yaml')), 'pr-7');
  const web = services.find(({ name }) => name === 'web');
  assert.deepEqual(web?.form === 'code' && web.variables['API'], [
    'http://127.0.0.9:4001/v1?key=',
    { kind: 'secret', name: 'KEY' },
    '&at=${{now}}',
  ]);
});

test('a service that verifies callers, or whose key is needed, cannot be shared', (t) => {
  const found = (text: string) => {
    const { graph } = load(t, text);
    return checkShared(graph, chooseServices(graph, ['web'], ['api'])).map(({ message }) => message);
  };
  assert.deepEqual(found(shop), []);
  assert.deepEqual(found(shop.replace('${{api.HOST}}', '${{api.IDENTITY_PUBLIC_KEY}}')), [
    'web needs ${{api.IDENTITY_PUBLIC_KEY}}, and a shared service gives its address only; leave "api" out',
  ]);
  assert.deepEqual(found(shop.replace('${{db.DATABASE_URL}}', '${{web.IDENTITY_PUBLIC_KEY}}')), [
    'api verifies ${{web.IDENTITY_PUBLIC_KEY}}, so it accepts callers of its own environment only; leave "api" out',
  ]);
});

test('only services with a port can be shared', (t) => {
  const problems = (share: string) => {
    const folder = scratch(t, {
      ...{ 'api/main.ts': '', 'web/main.ts': '' },
      'stacks/shop.yaml': `${shop.replace('[api]', share)}  job: { source: api, cron: "0 0 * * *" }\n`,
    });
    try {
      buildGraph(loadStack(join(folder, 'stacks/shop.yaml')), 'dev');
      return [];
    } catch (error) {
      return (error as Error).message.split('\n').map((line) => line.replace(/^.*shop\.yaml:/, ''));
    }
  };
  assert.deepEqual(problems('[apo, db, job]'), [
    '2:25  pullRequests.share.0: there is no service "apo"; did you mean "api"?',
    '2:30  pullRequests.share.1: "db" holds data, and migrations of a pull request would change them; name a service that uses it',
    '2:34  pullRequests.share.2: "job" has no port, so no other service uses it',
  ]);
  assert.deepEqual(problems('[api]'), []);
});

test('a shared service that does not answer on this machine is refused', async (t) => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  t.onTestFinished(() => void server.close());
  assert.deepEqual(await reachShared('dev', ['api'], { api: address }), { api: address });
  server.close();
  await once(server, 'close');
  await assert.rejects(reachShared('dev', ['api', 'web'], { api: address }), ({ message }: Error) => {
    assert.match(
      message,
      /^api of dev does not answer at http:\/\/127\.0\.0\.1:\d+, so it cannot be shared\./,
    );
    assert.match(message, /web of dev has no recorded address, [^]* npm run up -- -s dev$/);
    return true;
  });
});
