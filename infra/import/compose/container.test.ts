import assert from 'node:assert/strict';
import { test } from 'vitest';
import { parse } from 'yaml';
import { importOf, servicesOf } from '../testing.ts';

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
  const services = servicesOf(texts, 'files');
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
  const services = servicesOf(texts, 'board');
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

test('files and folders of the imported folder are mounted, and those of the machine are not', async (t) => {
  const { texts, rows } = await importOf(t, {
    'package.json': '{ "name": "proxied" }',
    'deploy/nginx.conf': 'server {}',
    'conf/deploy/a': '\0',
    'conf/text/a.conf': 'a',
    'conf/text/more/b.conf': 'b',
    'compose.yaml': `
services:
  proxy:
    image: nginx:1.27
    ports: ["8080:80"]
    volumes:
      - ./deploy/nginx.conf:/etc/nginx/conf.d/default.conf:ro
      - /var/run/docker.sock:/var/run/docker.sock
      - ./deploy:/deploy
      - { type: bind, source: ./conf/deploy/, target: /conf, read_only: true }
      - ./conf/text:/etc/text/:ro
      - ./missing:/missing
      - ./:/all
      - ../certs:/certs:ro
`,
  });
  const { services } = parse(texts['stacks/proxied.yaml'] ?? '') as {
    services: { proxy: { files: object; bindMounts: object } };
  };
  assert.deepEqual(services.proxy.bindMounts, {
    deploy: { source: 'deploy', path: '/deploy' },
    'deploy-2': { source: 'conf/deploy', readOnly: true, path: '/conf' },
  });
  assert.deepEqual(services.proxy.files, [
    { path: '/etc/nginx/conf.d/default.conf', source: 'deploy/nginx.conf' },
    { path: '/etc/text/a.conf', source: 'conf/text/a.conf' },
    { path: '/etc/text/more/b.conf', source: 'conf/text/more/b.conf' },
  ]);
  const fates = rows.filter(({ field }) => field.includes('.volumes.'));
  assert.deepEqual(
    fates.map(({ line, outcome }) => [line, outcome]),
    [
      [7, 'mapped'],
      [8, 'cannot'],
      [9, 'mapped'],
      [10, 'mapped'],
      [11, 'mapped'],
      [11, 'mapped'],
      [12, 'cannot'],
      [13, 'cannot'],
      [14, 'cannot'],
    ],
  );
  const next = (at: number) => fates.find(({ line }) => line === at)?.next ?? '';
  assert.match(next(8), /^run the program that needs it outside/);
  assert.match(next(12), /^for data, .* `volumes`; for configuration, copy/);
  assert.match(next(14), /^copy the files into this folder/);
});

test('the gateway has another port than those that the file publishes', async (t) => {
  const { texts } = await importOf(t, {
    'package.json': '{ "name": "shop" }',
    'compose.yaml': 'services:\n  web: { image: "acme/web:1", ports: ["80:80", "8080:8443"] }\n',
  });
  const stack = parse(texts['stacks/shop.yaml'] ?? '') as object;
  assert.partialDeepStrictEqual(stack, {
    services: { web: { port: 80, ports: { 'port-8443': 8443 }, publish: { 'port-8443': 8080 } } },
    gateway: { port: 8081 },
  });
});

test('further ports keep their names, and volumes that services share stand in the stack', async (t) => {
  const { texts, rows } = await importOf(t, {
    'package.json': '{ "name": "shop" }',
    'compose.yaml': `services:
  web:
    image: acme/web:1
    ports: ["8080:8080", { target: 9090, name: metrics api }, "9001:9001"]
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
        ...{ port: 8080, ports: { 'metrics-api': 9090, 'port-9001': 9001 }, publish: { 'port-9001': 9001 } },
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
