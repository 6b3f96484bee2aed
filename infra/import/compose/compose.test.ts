import assert from 'node:assert/strict';
import { test } from 'vitest';
import { parse } from 'yaml';
import { importOf, withoutPlaces } from '../testing.ts';

const compose = `version: '3.8'

services:
  postgres:
    image: postgres:15-alpine
    ports:
      - "5432:5432"
    environment:
      POSTGRES_USER: harness
      POSTGRES_PASSWORD: dev_password
      POSTGRES_DB: harness_hero
    volumes:
      - postgres_data:/var/lib/postgresql/data

  redis:
    image: redis:7-alpine

  backend:
    build: ./services/backend
    ports:
      - "4000:4000"
    environment:
      DATABASE_URL: postgresql://harness:dev_password@postgres:5432/harness_hero
      REDIS_URL: redis://redis:6379
      PORT: 4000
      BUILDER_SERVICE_URL: http://builder-service:4002
    depends_on:
      - postgres
      - redis
    volumes:
      - ./services/backend:/app
      - /app/node_modules

  builder-service:
    build: ./services/builder-service
    environment:
      DB_USER: harness
      DB_PASS: dev_password
      PORT: 4002
    depends_on:
      - redis
    deploy:
      replicas: 2

  web:
    build: ./apps/web
    ports:
      - "3000:3000"
    environment:
      NEXT_PUBLIC_API_URL: http://backend:4000

volumes:
  postgres_data:
`;

test('a Compose file: databases become data services, addresses references, and passwords are not copied', async (t) => {
  const service = (folder: string) => ({
    [`${folder}/Dockerfile`]: 'FROM node:24\n',
    [`${folder}/package.json`]: '{ "scripts": { "start": "node server.js" } }',
    [`${folder}/server.js`]: '',
  });
  const { texts, rows, secrets } = await importOf(t, {
    'package.json': '{ "name": "harness" }',
    'docker-compose.yml': compose,
    ...service('services/backend'),
    ...service('services/builder-service'),
    ...service('apps/web'),
  });
  const text = texts['stacks/harness.yaml'] ?? '';
  assert.deepEqual(parse(text), {
    name: 'harness',
    services: {
      postgres: { type: 'postgres', version: '15' },
      redis: { type: 'redis', version: '7' },
      backend: {
        ...{ source: 'services/backend', dockerfile: 'Dockerfile', port: 4000 },
        variables: {
          DATABASE_URL: '${{postgres.DATABASE_URL}}',
          REDIS_URL: '${{redis.REDIS_URL}}',
          BUILDER_SERVICE_URL: '${{builder-service.URL}}',
        },
      },
      'builder-service': {
        ...{ source: 'services/builder-service', dockerfile: 'Dockerfile', port: 4002, replicas: 2 },
        dependsOn: { redis: 'ready' },
        variables: { DB_USER: '${{postgres.PGUSER}}', DB_PASS: '${{postgres.PGPASSWORD}}' },
      },
      web: {
        ...{ source: 'apps/web', dockerfile: 'Dockerfile', port: 3000 },
        variables: { NEXT_PUBLIC_API_URL: '${{backend.URL}}' },
      },
    },
    gateway: {
      routes: [
        { path: '/backend/*', stripPrefix: true, to: 'backend' },
        { path: '/*', to: 'web' },
      ],
    },
  });
  assert.match(text, /^ {6}DATABASE_URL: \$\{\{postgres\.DATABASE_URL\}\} # docker-compose\.yml:23$/m);
  assert.ok(!withoutPlaces(text).includes('#'), text);
  assert.deepEqual(secrets, []);
  assert.ok(!JSON.stringify([texts, rows]).includes('dev_password'));
  assert.deepEqual(
    rows.filter(({ outcome }) => outcome === 'cannot').map(({ line, field, next }) => [line, field, next]),
    [],
  );
});

test('options in the command of a database become settings, and those that Railhead sets are left out', async (t) => {
  const { texts, lines } = await importOf(t, {
    'package.json': '{ "name": "options" }',
    'compose.yaml': `
services:
  db: { image: "postgres:14", command: postgres -c max_connections=200 -c shared_preload_libraries=pg_stat_statements -c jit=off }
  cache:
    image: redis:6.2-alpine
    command: [redis-server, --maxmemory, 256mb, --maxmemory-policy, allkeys-lru, --requirepass, Qx7canary, --appendonly, "yes"]
  shop: { image: "mariadb:11.4", command: --character-set-server=utf8mb4 --skip-ssl --innodb-file-per-table }
  own: { image: "redis:7", command: redis-server --requirepass Qx7canary --port 6380, expose: [6380] }
  other: { image: "postgres:16", command: postgres -f /etc/own.conf, expose: [5433] }
`,
  });
  const { services } = parse(texts['stacks/options.yaml'] ?? '') as { services: object };
  assert.deepEqual(services, {
    db: {
      ...{ type: 'postgres', version: '14' },
      settings: { max_connections: 200, shared_preload_libraries: 'pg_stat_statements', jit: false },
    },
    cache: {
      ...{ type: 'redis', version: '6' },
      settings: { maxmemory: '256mb', 'maxmemory-policy': 'allkeys-lru' },
    },
    shop: {
      ...{ type: 'mariadb', version: '11.4' },
      settings: { 'character-set-server': 'utf8mb4', 'innodb-file-per-table': true },
    },
    own: { type: 'redis', version: '7', port: 6380 },
    other: { type: 'postgres', version: '16', port: 5433 },
  });
  assert.ok(!JSON.stringify([texts, lines]).includes('Qx7canary'));
  const commands = lines.filter((line) => /(own|other)\.command/.test(line));
  assert.match(commands[0] ?? '', /defaulted .*Railhead sets requirepass, port itself/);
  assert.match(commands[1] ?? '', /cannot .*no such setting/);
});

test('MinIO becomes object storage, and its clients get the keys by reference', async (t) => {
  const { texts, lines } = await importOf(t, {
    'package.json': '{ "name": "objects" }',
    'compose.yaml': `
services:
  minio:
    image: quay.io/minio/minio:latest
    command: server /data --console-address ":9001"
    environment: { MINIO_ROOT_USER: minioadmin, MINIO_ROOT_PASSWORD: Qx7canary }
    volumes: [objects:/data]
  app:
    image: acme/app:1
    environment:
      S3_URL: http://minio:9000/uploads
      S3_KEY: minioadmin
      S3_SECRET: Qx7canary
volumes: { objects: {} }
`,
  });
  const { services } = parse(texts['stacks/objects.yaml'] ?? '') as { services: object };
  assert.deepEqual(services, {
    minio: { type: 's3' },
    app: {
      image: 'acme/app:1',
      variables: {
        S3_URL: '${{minio.URL}}/uploads',
        S3_KEY: '${{minio.AWS_ACCESS_KEY_ID}}',
        S3_SECRET: '${{minio.AWS_SECRET_ACCESS_KEY}}',
      },
    },
  });
  assert.ok(!JSON.stringify([texts, lines]).includes('Qx7canary'));
  assert.deepEqual(
    lines.filter((line) => line.includes(' cannot ')),
    [],
  );
});

test('folders in memory, limits and capabilities are those of the container', async (t) => {
  const { texts, rows } = await importOf(t, {
    'package.json': '{ "name": "files" }',
    'compose.yaml': `
services:
  registry:
    image: registry:3
    user: root
    tmpfs: [/run, "/cache:size=128m,mode=1777", /tmp]
    volumes: [{ type: tmpfs, target: /scratch, tmpfs: { size: 1048576 } }]
    ulimits: { nofile: { soft: 1024, hard: 65536 }, nproc: 512, rtprio: 99 }
    cap_add: [CAP_CHOWN, NET_ADMIN, AUDIT_CONTROL]
    working_dir: /srv
  search:
    image: opensearch:2
    ulimits: { memlock: -1 }
    cap_add: [IPC_LOCK]
  plain: { image: "acme/plain:1", user: "1000", cap_add: [CHOWN], tmpfs: /run }
`,
  });
  const { services } = parse(texts['stacks/files.yaml'] ?? '') as { services: object };
  assert.deepEqual(services, {
    registry: {
      ...{ image: 'registry:3', user: '0', capabilities: { add: ['CHOWN', 'NET_ADMIN'] } },
      tmpfs: ['/run', { path: '/cache', size: '128Mi' }, { path: '/scratch', size: '1Mi' }],
      ulimits: { nofile: { soft: 1024, hard: 65536 }, nproc: 512 },
    },
    search: {
      ...{ image: 'opensearch:2', user: 'image', capabilities: { add: ['IPC_LOCK'] } },
      ulimits: { memlock: -1 },
    },
    plain: { image: 'acme/plain:1', user: '1000', tmpfs: ['/run'] },
  });
  const lost = rows.filter(({ outcome }) => outcome === 'cannot').map(({ field }) => field);
  assert.deepEqual(lost, [
    'services.registry.ulimits.rtprio',
    'services.registry.cap_add.2',
    'services.registry.working_dir',
    'services.plain.cap_add',
  ]);
});

test('the fields of a container keep their meaning: a command is that of the image, and a user needs its number', async (t) => {
  const { texts, rows } = await importOf(t, {
    'package.json': '{ "name": "board" }',
    'compose.yaml': `
services:
  board:
    image: grafana/grafana:11.2.0
    entrypoint: /run.sh
    command: ["--config", "/etc/grafana.ini"]
    ports: ["3000:3000"]
    user: "472:0"
    read_only: false
    stop_signal: SIGQUIT
    shm_size: 128m
    healthcheck: { test: ["CMD", "grafana", "cli", "-v"], start_period: 90s }
  job: { image: "acme/job:1", user: acme }
`,
  });
  const { services } = parse(texts['stacks/board.yaml'] ?? '') as { services: object };
  assert.deepEqual(services, {
    board: {
      ...{
        image: 'grafana/grafana:11.2.0',
        entrypoint: '/run.sh',
        command: ['--config', '/etc/grafana.ini'],
      },
      ...{ port: 3000, health: { command: ['grafana', 'cli', '-v'], timeout: '90s' } },
      ...{ user: '472:0', readOnly: false, stopSignal: 'SIGQUIT', shmSize: '128Mi' },
    },
    job: { image: 'acme/job:1' },
  });
  const lost = rows.filter(({ outcome }) => outcome === 'cannot');
  assert.deepEqual(
    lost.map(({ field, next }) => [field, next]),
    [['services.job.user', 'write `user: <uid>`']],
  );
});

test('a file of the folder is mounted, and a folder of the machine is not', async (t) => {
  const { texts, rows } = await importOf(t, {
    'package.json': '{ "name": "proxied" }',
    'deploy/nginx.conf': 'server {}',
    'compose.yaml': `
services:
  proxy:
    image: nginx:1.27
    ports: ["8080:80"]
    volumes:
      - ./deploy/nginx.conf:/etc/nginx/conf.d/default.conf:ro
      - /var/run/docker.sock:/var/run/docker.sock
      - ./deploy:/deploy
`,
  });
  const { services } = parse(texts['stacks/proxied.yaml'] ?? '') as {
    services: { proxy: { files: object } };
  };
  assert.deepEqual(services.proxy.files, [
    { path: '/etc/nginx/conf.d/default.conf', source: 'deploy/nginx.conf' },
  ]);
  const fates = rows.filter(({ field }) => field.includes('.volumes.'));
  assert.deepEqual(
    fates.map(({ line, outcome }) => [line, outcome]),
    [
      [7, 'mapped'],
      [8, 'cannot'],
      [9, 'cannot'],
    ],
  );
});

test('further ports keep their names, and volumes that services share stand in the stack', async (t) => {
  const { texts, rows } = await importOf(t, {
    'package.json': '{ "name": "shop" }',
    'compose.yaml': `services:
  web:
    image: acme/web:1
    ports: ["8080:8080", { target: 9090, name: metrics api }, "9001"]
    volumes: ["uploads:/uploads", "cache:/cache", "/var/lib/index"]
  worker:
    image: acme/worker:1
    environment: { CONSOLE: "http://web:9001/x", METRICS: "web:9090" }
    volumes: [{ type: volume, source: uploads, target: /in, read_only: true }]
volumes: { uploads: {}, cache: {} }
`,
  });
  const stack = parse(texts['stacks/shop.yaml'] ?? '') as object;
  assert.partialDeepStrictEqual(stack, {
    volumes: { uploads: { size: '1Gi' } },
    services: {
      web: {
        ...{ port: 8080, ports: { 'metrics-api': 9090, 'port-9001': 9001 } },
        volumes: {
          uploads: '/uploads',
          cache: { path: '/cache', size: '1Gi' },
          index: { path: '/var/lib/index', size: '1Gi' },
        },
      },
      worker: {
        variables: {
          CONSOLE: 'http://${{web.PORT_9001_ADDRESS}}/x',
          METRICS: '${{web.METRICS_API_ADDRESS}}',
        },
        volumes: { uploads: { path: '/in', readOnly: true } },
      },
    },
  });
  assert.deepEqual(
    rows.filter(({ outcome }) => outcome === 'cannot'),
    [],
  );
});
