import assert from 'node:assert/strict';
import { test, type TestContext } from 'vitest';
import { scratch } from '../stack/scratch.ts';
import { proposeServices } from './propose.ts';
import { readRepository } from './repository.ts';

/** Returns the proposals for a repository with these files, without their reasons and without absent fields. */
function propose(t: TestContext, files: Record<string, string>) {
  const { proposals, unfit } = proposeServices(readRepository(scratch(t, files)));
  const services = proposals.map(({ advice, hasDockerfile, ...service }) => ({
    ...(JSON.parse(JSON.stringify({ ...service, reasons: undefined })) as object),
    ...(advice.length > 0 && { advice }),
    ...(hasDockerfile && { hasDockerfile }),
  }));
  return { services, unfit };
}

const one = (t: TestContext, files: Record<string, string>) => {
  const { services, unfit } = propose(t, files);
  assert.deepEqual([services.length, unfit], [1, []]);
  return services[0];
};

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

const venv = 'python3 -m venv .venv && .venv/bin/pip install --quiet';

test('Python applications start by their framework, with their packages', (t) => {
  const fastapi = { 'app/main.py': 'api = FastAPI()\n@api.get("/health")\ndef f(): ...' };
  const base = { name: 'ml', source: 'ml' };
  const below = (files: Record<string, string>) =>
    one(t, Object.fromEntries(Object.entries(files).map(([name, text]) => [`ml/${name}`, text])));
  const uvicorn = '.venv/bin/python -m uvicorn app.main:api --host $HOST --port $PORT';
  assert.deepEqual(below({ ...fastapi, 'requirements.txt': 'fastapi\nuvicorn[standard]>=0.3\n' }), {
    ...base,
    ...{ build: `${venv} -r requirements.txt`, start: uvicorn, port: 8000, health: '/health' },
  });
  const project = '[build-system]\n[project]\ndependencies = ["fastapi[standard]"]';
  assert.deepEqual(below({ ...fastapi, 'pyproject.toml': project }), {
    ...base,
    ...{ build: `${venv} .`, start: uvicorn, port: 8000, health: '/health' },
  });
  assert.deepEqual(
    below({ 'src/web.py': 'site = flask.Flask(__name__)', 'requirements.txt': 'flask\ngunicorn' }),
    {
      ...base,
      build: `${venv} -r requirements.txt`,
      start: 'PYTHONPATH=src .venv/bin/python -m gunicorn web:site --bind $HOST:$PORT',
      port: 5000,
    },
  );
  assert.deepEqual(below({ 'manage.py': '', 'uv.lock': '', 'pyproject.toml': project }), {
    ...base,
    build: 'uv sync --frozen --no-dev --no-install-project',
    start: '.venv/bin/python manage.py runserver $HOST:$PORT --noreload',
    port: 8000,
  });
  assert.deepEqual(
    below({ 'main.py': 'HTTPServer(("", int(os.environ.get("PORT", 7000))), H)', 'requirements.txt': '' }),
    {
      ...base,
      ...{ start: 'python3 -u main.py', port: 7000 },
    },
  );
});

test('a Python application that cannot start is named with its reason', (t) => {
  const reason = (files: Record<string, string>) => propose(t, files).unfit[0]?.reason;
  const main = { 'main.py': 'app = FastAPI()' };
  assert.match(reason({ ...main, 'requirements.txt': 'fastapi' }) ?? '', /uvicorn is not among its packages/);
  assert.match(
    reason({ ...main, 'pyproject.toml': '[project]\ndependencies = ["uvicorn"]' }) ?? '',
    /no \[build-system\]/,
  );
  assert.match(reason({ 'lib.py': '', 'requirements.txt': 'x' }) ?? '', /no web application/);
});

test('each program of a Go module is a service', (t) => {
  const program = (code: string) => `package main\nfunc main() {\n${code}\n}`;
  const build = (folder: string) => `go build -buildvcs=false -o service.bin ${folder}`;
  const single = { 'go.mod': 'module shop', 'main.go': program('http.ListenAndServe(":8081", nil)') };
  const below = (files: Record<string, string>) =>
    Object.fromEntries(Object.entries(files).map(([name, text]) => [`shop/${name}`, text]));
  assert.deepEqual(one(t, below(single)), {
    ...{ name: 'shop', source: 'shop', build: build('.'), start: './service.bin', port: 8081 },
    advice: ['shop/main.go:3 listens on the fixed port 8081: use the variable PORT'],
  });
  const port = 'port := os.Getenv("PORT")\nif port == "" { port = "9000" }';
  const several = {
    'go.mod': 'module shop',
    'cmd/web/main.go': program(port),
    'cmd/sweep/main.go': program(''),
  };
  assert.deepEqual(propose(t, { ...below(several), 'go.work': '' }).services, [
    { name: 'sweep', source: 'shop', build: `GOWORK=off ${build('./cmd/sweep')}`, start: './service.bin' },
    {
      name: 'web',
      source: 'shop',
      build: `GOWORK=off ${build('./cmd/web')}`,
      start: './service.bin',
      port: 9000,
    },
  ]);
  const replaced = { ...single, 'go.mod': 'module shop\nreplace acme/lib => ../lib' };
  assert.match(propose(t, below(replaced)).unfit[0]?.reason ?? '', /replaces a module by \.\.\/lib/);
});

test('a Procfile: web gets the port, release becomes preDeploy, others are workers', (t) => {
  const Procfile =
    'web: gunicorn shop.wsgi --bind 0.0.0.0:9000\nworker: celery -A shop worker\nrelease: python manage.py migrate\n';
  const build = `${venv} -r requirements.txt`;
  assert.deepEqual(propose(t, { 'old/Procfile': Procfile, 'old/requirements.txt': 'celery' }).services, [
    {
      ...{ name: 'old', source: 'old', build },
      start: '.venv/bin/python -m gunicorn shop.wsgi --bind $HOST:$PORT',
      preDeploy: '.venv/bin/python manage.py migrate',
      port: 9000,
    },
    { name: 'old-worker', source: 'old', build, start: '.venv/bin/python -m celery -A shop worker' },
  ]);
});

test('a Dockerfile: its command and its port; without a program that is known, it is named', (t) => {
  const Dockerfile = 'FROM node:24\nCOPY . .\nEXPOSE 4100\nCMD ["node", "server.js"]\n';
  assert.deepEqual(one(t, { 'api/Dockerfile': Dockerfile, 'api/server.js': 'listen(process.env.PORT)' }), {
    ...{ name: 'api', source: 'api', start: 'node server.js', port: 4100, hasDockerfile: true },
  });
  const { services, unfit } = propose(t, { 'proxy/Dockerfile': 'FROM nginx' });
  assert.deepEqual([services, unfit[0]?.place], [[], 'proxy']);
  assert.match(unfit[0]?.reason ?? '', /^has only a Dockerfile/);
});

test('installed packages, build results, tests and the files of init are no services', (t) => {
  const inside = ['node_modules/x', 'dist/x', 'test/x', '.cache/x', 'infra', 'stacks'];
  const files = inside.map((folder): [string, string] => [`${folder}/package.json`, shop]);
  assert.deepEqual(propose(t, Object.fromEntries(files)), { services: [], unfit: [] });
});
