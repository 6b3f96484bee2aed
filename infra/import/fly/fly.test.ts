import assert from 'node:assert/strict';
import { test } from 'vitest';
import { parse } from 'yaml';
import { importOf, servicesOf } from '../testing.ts';

const app = `
app = "shop"
primary_region = "fra"
kill_signal = "SIGTERM"
kill_timeout = "30s"

[build]
image = "ghcr.io/acme/shop:1"

[deploy]
release_command = "bin/migrate"
strategy = "rolling"

[env]
LOG_LEVEL = "info"

[processes]
app = "bin/server"
worker = "bin/worker --queue mail"

[http_service]
internal_port = 8080
force_https = true
auto_stop_machines = "off"
min_machines_running = 2
processes = ["app"]

[[http_service.checks]]
grace_period = "90s"
interval = "15s"
path = "/up"

[[mounts]]
source = "uploads"
destination = "/uploads"
initial_size = "10gb"
processes = ["worker"]

[[vm]]
size = "shared-cpu-1x"
memory = "512mb"

[[vm]]
cpus = 2
memory = 2048
processes = ["worker"]

[[statics]]
guest_path = "/app/public"
url_prefix = "/public"

[metrics]
port = 8080
path = "/metrics"
`;

test('an app with two processes: one service each, with what belongs to its group', async (t) => {
  const { texts, rows } = await importOf(t, { 'package.json': '{ "name": "x" }', 'fly.toml': app });
  const variables = { LOG_LEVEL: 'info' };
  assert.deepEqual(parse(texts['stacks/shop.yaml'] ?? ''), {
    name: 'shop',
    services: {
      app: {
        ...{ image: 'ghcr.io/acme/shop:1', command: ['bin/server'], preDeploy: 'bin/migrate', port: 8080 },
        ...{ replicas: 2, resources: { cpu: 1, memory: '512Mi' } },
        ...{ health: { path: '/up', timeout: '90s' }, drain: '30s', metrics: '/metrics' },
        variables,
      },
      worker: {
        ...{ image: 'ghcr.io/acme/shop:1', command: ['bin/worker', '--queue', 'mail'] },
        ...{ resources: { cpu: 2, memory: '2048Mi' }, drain: '30s' },
        ...{ volume: { path: '/uploads', size: '10Gi' }, variables },
      },
    },
    gateway: { port: 8081, routes: [{ path: '/*', to: 'app' }] },
  });
  assert.deepEqual(
    rows.filter(({ outcome }) => outcome === 'cannot').map(({ field }) => field),
    ['primary_region', 'statics'],
  );
});

test('apps of a repository: one service each, which address each other', async (t) => {
  const fly = (name: string, rest: string) => `app = "${name}"\n${rest}`;
  const service = `
[[services]]
internal_port = 3000
protocol = "tcp"
[[services.ports]]
port = 443
handlers = ["tls", "http"]
[[services.http_checks]]
path = "/ok"
`;
  const { texts, rows, ignored } = await importOf(t, {
    'package.json': '{ "name": "shop" }',
    'web/fly.toml': fly('shop-web', `[env]\nAPI_URL = "http://shop-api.internal:4000"\n${service}`),
    'web/Dockerfile': 'FROM node:24\n',
    'api/fly.toml': fly('shop-api', '[build]\ndockerfile = "Dockerfile.api"\n[env]\nPORT = "4000"\n'),
    'api/Dockerfile.api': 'FROM node:24\n',
    'api/fly.staging.toml': fly('shop-api-staging', ''),
  });
  assert.deepEqual(parse(texts['stacks/shop.yaml'] ?? ''), {
    name: 'shop',
    services: {
      'shop-api': { source: 'api', dockerfile: 'Dockerfile.api', port: 4000 },
      'shop-web': {
        ...{ source: 'web', dockerfile: 'Dockerfile', port: 3000, health: { path: '/ok' } },
        variables: { API_URL: '${{shop-api.URL}}' },
      },
    },
    gateway: { routes: [{ path: '/*', to: 'shop-web' }] },
  });
  assert.deepEqual(
    rows.filter(({ outcome }) => outcome === 'cannot'),
    [],
  );
  assert.deepEqual(ignored, ['api/fly.staging.toml']);
});

test('the size of a further volume is not that of the first one', async (t) => {
  const { texts, rows } = await importOf(t, {
    'package.json': '{ "name": "x" }',
    'fly.toml': `app = "shop"
[build]
image = "acme/shop:1"
[[mounts]]
destination = "/one"
[[mounts]]
destination = "/two"
initial_size = "5gb"
`,
  });
  const services = servicesOf(texts, 'shop');
  assert.partialDeepStrictEqual(services, {
    shop: {
      volume: { path: '/one', size: '1Gi' },
      volumes: { two: { path: '/two', size: '5Gi' } },
    },
  });
  assert.deepEqual(
    rows.filter(({ outcome }) => outcome === 'cannot'),
    [],
  );
});

test('further ports and volumes have names, and the number of GPUs is kept', async (t) => {
  const service = (port: number) => `[[services]]\ninternal_port = ${port}\nprotocol = "tcp"\n`;
  const mount = (name: string) => `[[mounts]]\nsource = "${name}"\ndestination = "/${name}"\n`;
  const { rows, texts } = await importOf(t, {
    'package.json': '{ "name": "x" }',
    'fly.toml': [
      'app = "shop"\n[build]\nimage = "acme/shop:1"\n',
      ...[service(3000), service(3001), service(3002), mount('one'), mount('two'), mount('three')],
      '[[vm]]\ngpu_kind = "a10"\ngpus = 1\n',
    ].join(''),
  });
  assert.deepEqual(
    rows.filter(({ outcome }) => outcome === 'cannot').map(({ field }) => field),
    ['vm.0.gpu_kind'],
  );
  const services = servicesOf(texts, 'shop');
  assert.partialDeepStrictEqual(services, {
    shop: {
      ...{ port: 3000, ports: { 'port-3001': 3001, 'port-3002': 3002 }, resources: { gpu: 1 } },
      volumes: { two: { path: '/two', size: '1Gi' }, three: { path: '/three', size: '1Gi' } },
    },
  });
});

test('a file of the repository, and a content in Base64, are mounted', async (t) => {
  const file = (path: string, rest: string) => `[[files]]\nguest_path = "${path}"\n${rest}\n`;
  const { texts, rows } = await importOf(t, {
    'package.json': '{ "name": "x" }',
    'own/fly.toml': [
      'app = "shop"\n[build]\nimage = "acme/shop:1"\n[processes]\napp = "serve"\nworker = "work"\n',
      file('/etc/own.conf', 'local_path = "own.conf"\nprocesses = ["app"]'),
      file('/etc/raw', `raw_value = "${Buffer.from('a ${{b}}\n').toString('base64')}"`),
      file('/etc/bytes', 'raw_value = "/w=="\nprocesses = ["app"]'),
      file('/etc/missing', 'local_path = "missing"\nprocesses = ["app"]'),
      file('/etc/outside', 'local_path = "../../outside"\nprocesses = ["app"]'),
      file('/etc/secret', 'secret_name = "OWN"\nmode = 0o755\nprocesses = ["app"]'),
    ].join(''),
    'own/own.conf': 'a=1\n',
  });
  const services = servicesOf(texts, 'shop');
  const raw = { path: '/etc/raw', content: 'a $${{b}}\n' };
  assert.partialDeepStrictEqual(services, {
    app: { files: [{ path: '/etc/own.conf', source: 'own/own.conf' }, raw] },
    worker: { files: [raw] },
  });
  const lost = rows.filter(({ outcome }) => outcome === 'cannot').map(({ field, why }) => [field, why]);
  assert.deepEqual(lost, [
    ...['guest_path', 'raw_value'].map((key) => [`files.2.${key}`, 'the content is not text']),
    ...['guest_path', 'local_path'].map((key) => [`files.3.${key}`, 'the folder has no file "own/missing"']),
    ...['guest_path', 'local_path'].map((key) => [`files.4.${key}`, 'the folder has no file "../outside"']),
    ...['guest_path', 'secret_name'].map((key) => [`files.5.${key}`, 'Fly decodes the value of this secret']),
    ['files.5.mode', 'a mounted file is not executable'],
  ]);
});
