import assert from 'node:assert/strict';
import { test } from 'vitest';
import { compare } from './compare.ts';
import { compareSides, sidesOf, type TestSide } from './testing.ts';
import { before, edited, text } from './testing-shop.ts';

test('data that leave the system, and what makes a service public or less protected, are risks', () => {
  const risksOf = (after: TestSide, from = before) =>
    compareSides(from, after, {}).risks.map(({ kind, text }) => `${kind}: ${text}`);
  const withoutRedis = text.replace(/ {2}redis: .*\n/, '').replace(/ {6}CACHE: .*\n/, '');
  assert.deepEqual(risksOf({ text: withoutRedis }), [
    'data: The data of `redis` (redis 7) is removed from the system. It is kept until `down --data`.',
  ]);
  assert.deepEqual(risksOf(edited("version: '7'", "version: '8'")), [
    'data: redis 8 opens the data of `redis` (redis 7). redis 7 may not be able to read it afterwards.',
  ]);
  const route = (line: string) => edited('  routes:\n', `  routes:\n    - ${line}\n`);
  assert.deepEqual(risksOf(route('{ path: /api/*, to: api }')), [
    'exposure: `api` becomes public at `/api/*`, without a token.',
  ]);
  assert.deepEqual(risksOf(route('{ path: /docs/*, to: web }')), [
    'exposure: The route `/docs/*` leads to `web`, without a token.',
  ]);
  const adminPort = 'replicas: 2\n    ports: { admin: { port: 9100, protocol: http } }';
  const withAdmin = (line: string) => ({ text: route(line).text.replace('replicas: 2', adminPort) });
  assert.deepEqual(risksOf(withAdmin('{ path: /admin/*, to: api, port: admin }')), [
    'exposure: The port `admin` of `api` becomes public at `/admin/*`, without a token.',
  ]);
  assert.deepEqual(
    risksOf(withAdmin('{ path: /api/*, to: api, port: admin }'), withAdmin('{ path: /api/*, to: api }')),
    ['exposure: The route `/api/*` leads to the port `admin` of `api`, without a token.'],
  );
  const limit = ', rateLimit: { requests: 10, period: 10s }';
  assert.deepEqual(risksOf(edited(limit, '')), [
    'exposure: The route `/*` has no rate limit any more; before, it was 10 requests in 10 s.',
  ]);
  assert.deepEqual(risksOf(edited(limit, ', rateLimit: { requests: 20, period: 10s }')), [
    'exposure: The route `/*` allows 20 requests in 10 s; before, it was 10 requests in 10 s.',
  ]);
  assert.deepEqual(risksOf(edited(limit, ', rateLimit: { requests: 9, period: 10s }')), []);
  const auth = (issuer: string) =>
    route(
      `{ path: /private/*, to: web, auth: { jwks: "https://${issuer}/keys", issuer: "${issuer}", audience: a } }`,
    );
  assert.deepEqual(risksOf(auth('two.example'), auth('one.example')), [
    'exposure: The route `/private/*` accepts the tokens of another issuer.',
  ]);
  assert.deepEqual(risksOf(edited('replicas: 2', 'replicas: 2\n    egress: [{ to: internet }]')), [
    'exposure: `api` may connect to internet, outside of the system.',
  ]);
  const published = (fields: string) => edited('replicas: 2', `replicas: 2\n    ${fields}`);
  assert.deepEqual(risksOf(published('publish: 9001')), [
    'exposure: The port `main` of `api` is published at 9001, without the gateway.',
  ]);
  assert.deepEqual(risksOf(published('publish: 9002'), published('publish: 9001')), []);
  assert.deepEqual(
    risksOf(
      published('ports: { rpc: 9100 }\n    publish: { main: 9001, rpc: 9002 }'),
      published('ports: { rpc: 9100 }\n    publish: 9001'),
    ),
    ['exposure: The port `rpc` of `api` is published at 9002, without the gateway.'],
  );
  const bound = (access: string) =>
    published(`bindMounts: { content: { source: stacks, path: /srv, readOnly: ${access} } }`);
  assert.deepEqual(risksOf(bound('false'), bound('true')), [
    'exposure: `api` can change the folder `stacks` of the repository.',
  ]);
  assert.deepEqual(risksOf(bound('true')), []);
  const origins = (list: string) => ({ text: `${text}  cors: { origins: [${list}] }\n` });
  const [one, two] = ['"https://one.example"', '"https://two.example"'];
  assert.deepEqual(risksOf(origins(`${one}, ${two}`), origins(one)), [
    'exposure: Pages of https://two.example may call the gateway.',
  ]);
  assert.deepEqual(risksOf(origins(one), origins(`${one}, ${two}`)), []);
  const headers = { text: `${text}  trustedHeaders: [X-Tenant]\n` };
  assert.deepEqual(risksOf(before, headers), ['exposure: Clients can set the header x-tenant.']);
  assert.deepEqual(risksOf(edited('replicas: 2', 'replicas: 3')), []);
});

test('a volume of `volumes` that leaves the system is a risk, of a service and of the stack', () => {
  const withVolumes = (mounted: string, shared: string) => ({
    text: `${edited('replicas: 2', `replicas: 1\n    volumes: ${mounted}`).text}volumes: ${shared}\n`,
  });
  const own = '{ path: /cache, size: 1Gi }';
  const from = withVolumes(`{ cache: ${own}, uploads: /up }`, '{ uploads: { size: 1Gi } }');
  const kept = 'is removed from the system. It is kept until `down --data`.';
  const risksOf = (after: TestSide) => compareSides(from, after, {}).risks.map(({ text }) => text);
  assert.deepEqual(risksOf(withVolumes('{ uploads: /up }', '{ uploads: { size: 1Gi } }')), [
    `The data of \`api.cache\` (volume) ${kept}`,
  ]);
  assert.deepEqual(risksOf(withVolumes(`{ cache: ${own} }`, '{}')), [
    `The data of \`shared.uploads\` (volume) ${kept}`,
  ]);
});

test('without a record of a removed service, its resources tell that data leave the system', () => {
  const volume = {
    type: 'test:index:Volume',
    name: 'old-data',
    operation: 'delete' as const,
    paths: [],
    service: 'old',
  };
  const { risks } = compare({ ...sidesOf(before, before), resources: [volume] });
  assert.deepEqual(
    risks.map(({ kind, service, text }) => `${kind} ${service}: ${text}`),
    ['data old: Volume old-data holds data and is removed from the system. It is kept until `down --data`.'],
  );
});

test('databases that begin empty are risks: on another target, and with another volume', () => {
  const sides = sidesOf(before, before);
  const moved = { ...sides, before: { ...sides.before, target: 'other' }, resources: [] };
  const empty = (comparison: Parameters<typeof compare>[0]) =>
    compare(comparison).risks.map(({ kind, service, text }) => `${kind} ${service}: ${text}`);
  assert.deepEqual(empty(moved), [
    'data redis: `redis` (redis 7) begins empty on the target process: its data on the target other are not moved.',
  ]);
  const volume = (name: string, operation: 'create' | 'delete') => ({
    ...{ type: 'test:index:Volume', name, operation, paths: [], service: 'redis' },
  });
  const resources = [volume('old', 'delete'), volume('new', 'create')];
  assert.deepEqual(empty({ ...sides, resources }), [
    'data redis: `redis` begins empty: the update removes Volume old from the system, with its data.',
  ]);
  assert.deepEqual(empty({ ...sides, resources: [volume('new', 'create')] }), []);
});

test('a weaker policy is a risk', () => {
  const stage = (name: string) => ({ text: `${text}policy: { stage: ${name} }\n` });
  assert.deepEqual(
    compareSides(stage('production'), stage('development'), {}).risks.map(({ text }) => text),
    ['The policy of the environment changes: `policy.stage` from production to development.'],
  );
});
