import assert from 'node:assert/strict';
import { test } from 'vitest';
import { one, propose } from './testing.ts';

const manifest = (content: object) => JSON.stringify(content);
const shop = manifest({ name: 'shop', scripts: { start: 'node server.js' } });

test('a workspace contributes its members with a start script, by the globs of each package manager', (t) => {
  const start = { start: 'tsx src/main.ts' };
  const members = {
    'packages/api/package.json': manifest({ name: '@acme/api', scripts: start }),
    'packages/api/src/main.ts': '',
    'packages/ui/package.json': manifest({ name: '@acme/ui' }),
    'other/tool/package.json': manifest({ name: 'tool', scripts: start }),
    'other/tool/src/main.ts': '',
  };
  const expected = {
    services: [{ name: 'api', source: 'packages/api', start: 'node src/main.js' }],
    unfit: [{ place: 'packages/ui', reason: 'package.json has no script "start"' }],
  };
  const root = (workspaces: unknown) => ({ 'package.json': manifest({ name: 'root', workspaces }) });
  assert.deepEqual(propose(t, { ...members, ...root(['packages/*']) }), expected);
  assert.deepEqual(propose(t, { ...members, ...root({ packages: ['packages/**'] }) }), expected);
  const pnpm = { 'pnpm-workspace.yaml': "packages: ['**', '!other/**']", 'package.json': manifest({}) };
  assert.deepEqual(propose(t, { ...members, ...pnpm }), expected);
});

test('TypeScript is bundled: what a start script runs, or the source of what it builds', (t) => {
  const files = { 'src/index.ts': '' };
  for (const start of [
    'tsx src/index.ts',
    'ts-node src/index.ts',
    'node src/index.ts',
    'node --import tsx src/index.ts',
    'node --enable-source-maps dist/index.js',
    'node ./build/src/index.js',
    'npm run serve',
  ]) {
    const scripts = { start, serve: 'node dist/index.js', build: 'tsc' };
    assert.deepEqual(
      one(t, { ...files, 'package.json': manifest({ name: 'shop', scripts }) }),
      { name: 'shop', source: '.', start: 'node src/index.js' },
      start,
    );
  }
});

test('the arguments and variables of a start script stay', (t) => {
  const scripts = { start: 'NODE_ENV=production tsx src/index.ts --verbose' };
  const { start } = one(t, { 'src/index.ts': '', 'package.json': manifest({ name: 'shop', scripts }) }) as {
    start: string;
  };
  assert.equal(start, 'NODE_ENV=production node src/index.js --verbose');
});

test('JavaScript is copied, if the copy finds its packages', (t) => {
  const api = {
    'apps/api/package.json': manifest({
      scripts: { start: 'node server.js' },
      dependencies: { express: '5' },
    }),
  };
  const files = { ...api, 'apps/api/server.js': '' };
  const installed = { 'node_modules/express/package.json': '{}' };
  const service = { name: 'api', source: 'apps/api', start: 'node server.js' };
  assert.deepEqual(one(t, { ...files, ...installed }), service);
  const lock = { 'apps/api/package-lock.json': '{}' };
  assert.deepEqual(one(t, { ...files, ...lock }), { ...service, build: 'npm ci --omit=dev' });
  const { services, unfit } = propose(t, files);
  assert.deepEqual(services, []);
  assert.match(unfit[0]?.reason ?? '', /^server\.js needs express, .* Rename server\.js to server\.ts/);
});

test('a program that needs the metadata of decorators is built by its own script', (t) => {
  const nest = {
    name: 'shop',
    scripts: { start: 'node dist/main.js', build: 'nest build' },
    dependencies: { '@nestjs/core': '11' },
  };
  const files = {
    'src/main.ts': '',
    'package.json': manifest(nest),
    'node_modules/@nestjs/core/package.json': '{}',
  };
  const service = { name: 'shop', source: '.', start: 'node dist/main.js' };
  assert.deepEqual(one(t, files), { ...service, build: 'npm run build' });
  assert.deepEqual(one(t, { ...files, 'pnpm-lock.yaml': '' }), { ...service, build: 'pnpm run build' });
});

test('an installed tool starts with its build, and gets the port', (t) => {
  const scripts = { start: 'next start -p 3100', build: 'next build' };
  const files = { 'package.json': manifest({ name: 'shop', scripts }), 'node_modules/.bin/next': '' };
  assert.deepEqual(one(t, files), {
    ...{ name: 'shop', source: '.', build: 'npm run build', start: 'next start -p $PORT', port: 3100 },
  });
});

test('a script that starts no service is named with its reason', (t) => {
  const reason = (start: string) => {
    const { services, unfit } = propose(t, {
      'package.json': manifest({ name: 'shop', scripts: { start } }),
    });
    assert.deepEqual(services, []);
    return unfit[0]?.reason;
  };
  assert.equal(
    reason('react-scripts start'),
    'script "start" starts a development server: react-scripts start',
  );
  assert.equal(reason('turbo run start'), 'script "start" starts other packages: turbo run start');
  assert.equal(reason('npm start -w api'), 'script "start" starts other packages: npm start -w api');
  assert.equal(reason('node server.js'), 'script "start" runs server.js, which does not exist');
  assert.equal(reason('./run.sh'), 'script "start" is "./run.sh"; Railhead cannot tell what it runs');
});

test('the port comes from the code; a port that the code does not take from PORT is to be changed', (t) => {
  const port = (code: string) => {
    const { port, advice } = one(t, { 'package.json': shop, 'server.js': code }) as {
      port?: number;
      advice?: string[];
    };
    return [port, ...(advice ?? [])];
  };
  for (const code of [
    'app.listen(process.env.PORT || 4000)',
    "app.listen(Number(process.env['PORT'] ?? '4000'))",
    'const port = parseInt(process.env.PORT, 10) || 1;\nconst { PORT = 4000 } = process.env;'.split(
      '\n',
    )[1] ?? '',
    'server.listen({ port: Number(process.env.PORT) || 4000 })',
  ])
    assert.deepEqual(port(code), [4000], code);
  assert.deepEqual(port('app.listen(process.env.PORT)'), [3000]);
  assert.deepEqual(port('// app.listen(5000)\napp.get(url)'), [undefined]);
  const fixed = 'server.js:2 listens on the fixed port 4000: use the variable PORT';
  assert.deepEqual(port('\napp.listen(4000)'), [4000, fixed]);
  assert.deepEqual(port("\napp.listen(4000, '127.0.0.1')"), [
    ...[4000, fixed],
    'server.js:2 listens on 127.0.0.1: use the variable HOST',
  ]);
});

test('a port that another service has is replaced, and names are unique and valid', (t) => {
  const code = { 'a/shop/server.js': 'http.createServer().listen(process.env.PORT ?? 3000)' };
  const scripts = { start: 'node server.js' };
  const { services } = propose(t, {
    ...code,
    'a/shop/package.json': manifest({ name: '@one/Größe_1', scripts }),
    'b/shop/server.js': code['a/shop/server.js'],
    'b/shop/package.json': manifest({ name: '@two/große.1', scripts }),
    'c/server.js': '',
    'c/package.json': manifest({ name: 'gateway', scripts }),
  });
  assert.deepEqual(
    services.map((service) => [(service as { name: string }).name, (service as { port?: number }).port]),
    [
      ['grosse-1', 3000],
      ['grosse-1-2', 3001],
      ['gateway-2', undefined],
    ],
  );
});

test('a route for health checks becomes the health check', (t) => {
  const code = "app.get('/healthz', ok);\napp.listen(process.env.PORT || 3000);\nfetch(other + '/health')";
  const service = one(t, { 'package.json': shop, 'server.js': code });
  assert.deepEqual(service, {
    name: 'shop',
    source: '.',
    start: 'node server.js',
    port: 3000,
    health: '/healthz',
  });
});

test('a variable with the address of a server is to be set', (t) => {
  const code = 'new Pool({ url: process.env.DATABASE_URL });\nnew Redis(process.env["REDIS_URL"]);';
  const { advice } = one(t, { 'package.json': shop, 'server.js': code }) as { advice: string[] };
  assert.deepEqual(advice, [
    'server.js:1 reads DATABASE_URL: set it in the stack file, below "variables" of shop',
    'server.js:2 reads REDIS_URL: set it in the stack file, below "variables" of shop',
  ]);
});

test('installed packages, build results, tests and the files of init are no services', (t) => {
  const inside = ['node_modules/x', 'dist/x', 'test/x', '.cache/x', 'infra', 'stacks'];
  const files = inside.map((folder): [string, string] => [`${folder}/package.json`, shop]);
  assert.deepEqual(propose(t, Object.fromEntries(files)), { services: [], unfit: [] });
});
