import assert from 'node:assert/strict';
import { test } from 'vitest';
import { one, propose } from './testing.ts';

test('Python applications start by their framework, with their packages', (t) => {
  const fastapi = { 'app/main.py': 'api = FastAPI()\n@api.get("/health")\ndef f(): ...' };
  const base = { name: 'ml', source: 'ml' };
  const below = (files: Record<string, string>) =>
    one(t, Object.fromEntries(Object.entries(files).map(([name, text]) => [`ml/${name}`, text])));
  const uvicorn = 'python3 -m uvicorn app.main:api --host $HOST --port $PORT';
  assert.deepEqual(below({ ...fastapi, 'requirements.txt': 'fastapi\nuvicorn[standard]>=0.3\n' }), {
    ...base,
    ...{ start: uvicorn, port: 8000, health: '/health' },
  });
  const project = '[build-system]\n[project]\ndependencies = ["fastapi[standard]"]';
  assert.deepEqual(below({ ...fastapi, 'pyproject.toml': project }), {
    ...base,
    ...{ start: uvicorn, port: 8000, health: '/health' },
  });
  assert.deepEqual(
    below({ 'src/web.py': 'site = flask.Flask(__name__)', 'requirements.txt': 'flask\ngunicorn' }),
    {
      ...base,
      start: 'PYTHONPATH=src python3 -m gunicorn web:site --bind $HOST:$PORT',
      port: 5000,
    },
  );
  assert.deepEqual(below({ 'manage.py': '', 'uv.lock': '', 'pyproject.toml': project }), {
    ...base,
    start: 'python3 manage.py runserver $HOST:$PORT --noreload',
    port: 8000,
  });
  assert.deepEqual(below({ ...fastapi, Pipfile: '[packages]\nfastapi = "*"\nuvicorn = "*"\n' }), {
    ...base,
    ...{ start: uvicorn, port: 8000, health: '/health' },
  });
  assert.deepEqual(
    below({ 'main.py': 'HTTPServer(("", int(os.environ.get("PORT", 7000))), H)', 'requirements.txt': '' }),
    {
      ...base,
      port: 7000,
    },
  );
});

test('a Python application that cannot start is named with its reason', (t) => {
  const reason = (files: Record<string, string>) => propose(t, files).unfit[0]?.reason;
  const main = { 'main.py': 'app = FastAPI()' };
  assert.match(reason({ ...main, 'requirements.txt': 'fastapi' }) ?? '', /uvicorn is not among its packages/);
  assert.match(reason({ 'lib.py': '', 'requirements.txt': 'x' }) ?? '', /no web application/);
});

test('each program of a Go module is a service', (t) => {
  const program = (code: string) => `package main\nfunc main() {\n${code}\n}`;
  const build = (folder: string) => `GOWORK=off go build -buildvcs=false -trimpath -o service.bin ${folder}`;
  const single = { 'go.mod': 'module shop', 'main.go': program('http.ListenAndServe(":8081", nil)') };
  const below = (files: Record<string, string>) =>
    Object.fromEntries(Object.entries(files).map(([name, text]) => [`shop/${name}`, text]));
  assert.deepEqual(one(t, below(single)), {
    ...{ name: 'shop', source: 'shop', port: 8081 },
    advice: ['shop/main.go:3 listens on the fixed port 8081: use the variable PORT'],
  });
  const port = 'port := os.Getenv("PORT")\nif port == "" { port = "9000" }';
  const several = {
    'go.mod': 'module shop',
    'cmd/web/main.go': program(port),
    'cmd/sweep/main.go': program(''),
  };
  assert.deepEqual(propose(t, below(several)).services, [
    { name: 'sweep', source: 'shop', build: build('./cmd/sweep'), start: './service.bin' },
    {
      name: 'web',
      source: 'shop',
      build: build('./cmd/web'),
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
  assert.deepEqual(propose(t, { 'old/Procfile': Procfile, 'old/requirements.txt': 'celery' }).services, [
    {
      ...{ name: 'old', source: 'old' },
      start: 'python3 -m gunicorn shop.wsgi --bind $HOST:$PORT',
      preDeploy: 'python3 manage.py migrate',
      port: 9000,
    },
    { name: 'old-worker', source: 'old', start: 'python3 -m celery -A shop worker' },
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
