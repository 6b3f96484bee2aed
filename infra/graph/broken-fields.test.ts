import assert from 'node:assert/strict';
import { test } from 'vitest';
import { dataTypes } from '../data/index.ts';
import { testRefused, type RefusedFields } from './refused-fields.ts';
import { check } from './scratch-graph.ts';

const types = dataTypes.join(', ');

const services: RefusedFields[] = [
  ['', '3:3  services.web: is empty: expected a service: a map of its fields'],
  ['  port: 1', '3:3  services.web: does not say what to run: it needs "source", "image" or "type"'],
  [
    '  type: postgres\n    version: 9',
    '5:14  services.web.version: 9 is not a version of postgres: 14, 15, 16, 17, 18',
  ],
  [
    '  type: redis\n    storage: 10GB',
    '5:14  services.web.storage: "10GB" is not a size with a unit, such as 512Mi or 1Gi (Ki, Mi, Gi, Ti, k, M, G, T)',
  ],
  [
    '  type: redis\n    source: app',
    '5:5  services.web.source: unknown key "source"; known: type, version, image, storage, port, resources, kubernetes, external, settings',
  ],
  [
    '  source: ../app',
    '4:13  services.web.source: "../app" is not a folder inside the repository, such as services/api',
  ],
  [
    '  source: /app',
    '4:13  services.web.source: "/app" is not a folder inside the repository, such as services/api',
  ],
  ['  source: apps', '4:13  services.web.source: "apps" does not exist in <root>'],
  ['  source: stack.yaml', '4:13  services.web.source: "stack.yaml" is not a folder in <root>'],
  [
    '  image: "my image"',
    '4:12  services.web.image: "my image" is not an image, such as ghcr.io/acme/api:1.4',
  ],
  [
    '  source: app\n    replica: 2',
    '5:5  services.web.replica: unknown key "replica"; did you mean "replicas"?',
  ],
  [
    '  source: app\n    replicas: two',
    '5:15  services.web.replicas: "two" is not a number of replicas, or a map with min and max',
  ],
  ['  source: app\n    replicas: 0', '5:15  services.web.replicas: 0 is not a whole number from 1 to 1000'],
  [
    '  source: app\n    replicas: { min: 3 }',
    '5:5  services.web.replicas.max: is missing: a whole number from 1 to 1000',
  ],
  [
    '  source: app\n    replicas: { min: 3, max: 2 }',
    '5:30  services.web.replicas.max: 2 must be at least "min"',
  ],
  [
    '  source: app\n    replicas: { min: 1, max: 2 }',
    '5:30  services.web.replicas.max: 2 can never be reached: add "cpu", "memory" or "queue" to say when to scale',
  ],
  [
    '  source: app\n    replicas: { min: 1, max: 2, cpu: 70 }',
    '5:38  services.web.replicas.cpu: 70 needs "resources.cpu": it is a percentage of that',
  ],
  [
    '  source: app\n    replicas: { queue: { name: jobs, from: app } }',
    '5:5  services.web.replicas.min: is missing: a whole number from 0 to 1000',
    '5:5  services.web.replicas.max: is missing: a whole number from 1 to 1000',
    '5:17  services.web.replicas.queue.size: is missing: a whole number from 1 to 1000000',
  ],
  [
    '  source: app\n    replicas: { min: 0, max: 1, queue: { name: q, size: 1, from: web } }\n    volume: { path: /tmp, size: 1Gi }',
    '5:5  services.web.replicas: a map must be 1 with "volume": replicas cannot share a volume',
    '6:21  services.web.volume.path: "/tmp" must be another folder: every replica has its own /tmp',
  ],
  ['  source: app\n    port: 70000', '5:11  services.web.port: 70000 is not a port from 1 to 65535'],
  [
    '  source: app\n    ports: ["8080:80"]',
    '5:5  services.web.ports: a list is not a map of ports, such as { grpc: 9090 }',
  ],
  [
    '  source: app\n    environment: { A: b }\n    healthcheck: {}\n    labels: []\n    profiles: [dev]\n    cap_add: [CHOWN]\n    depends_on: [b]\n    stdin_open: true',
    '5:5  services.web.environment: unknown key "environment"; write "variables"',
    '6:5  services.web.healthcheck: unknown key "healthcheck"; write "health"',
    '7:5  services.web.labels: unknown key "labels"; write "kubernetes.labels"',
    '8:5  services.web.profiles: unknown key "profiles"; write "enabled: false", and "enabled: true" in the overlay of an environment',
    '9:5  services.web.cap_add: unknown key "cap_add"; write "capabilities.add"',
    '10:5  services.web.depends_on: unknown key "depends_on"; did you mean "dependsOn"?',
    '11:5  services.web.stdin_open: unknown key "stdin_open"; known: source, runtime, build, start, dockerfile, entrypoint, command, buildVariables, buildSecrets, port, ports, publish, preDeploy, replicas, resources, health, minReady, rollout, cron, restart, …',
  ],
  [
    '  source: app\n    ports: { grpc: 0, Web: 1, public: 2, a-name-that-is-too-long: 3, x: { port: 4, protocol: udp, open: true } }',
    '5:5  services.web.ports: a map needs "port", the main port: checks and metrics use it',
    '5:20  services.web.ports.grpc: 0 is not a port from 1 to 65535',
    '5:23  services.web.ports.Web: "Web" is not a name of a port: lower-case letters, digits and "-", starting with a letter, at most 15 characters',
    '5:31  services.web.ports.public: "public" must be another name: main, service, figures, public are reserved',
    '5:42  services.web.ports.a-name-that-is-too-long: "a-name-that-is-too-long" is not a name of a port: lower-case letters, digits and "-", starting with a letter, at most 15 characters',
    '5:94  services.web.ports.x.protocol: "udp" is not one of tcp, http',
    '5:99  services.web.ports.x.open: unknown key "open"; known: port, protocol',
  ],
  [
    '  source: app\n    port: 80\n    ports: { a: 80, b: 81, c: { port: 81 } }\n    variables: { A_PORT: x, B_URL: y, PORT: z }',
    '6:17  services.web.ports.a: 80 is also the port of "web"; choose another',
    '6:28  services.web.ports.c: 81 is also the port "b" of "web"; choose another',
    '7:26  services.web.variables.A_PORT: belongs to the port "a"; rename the variable or the port',
    '7:36  services.web.variables.B_URL: belongs to the port "b"; rename the variable or the port',
    '7:45  services.web.variables.PORT: is set for each replica; set "port" of the service instead',
  ],
  [
    '  source: app\n    port: 80\n    ports: { smtp: 25, b: 81 }\n    publish: { smpt: 25, main: 80, smtp: 81, b: 0, B: 1 }',
    '7:16  services.web.publish.smpt: there is no port "smpt" in "ports"; did you mean "smtp"?',
    '7:42  services.web.publish.smtp: 81 is also the port "b" of "web"; choose another',
    '7:49  services.web.publish.b: 0 is not a port from 1 to 65535',
    '7:52  services.web.publish.B: "B" is not a name of a port: lower-case letters, digits and "-", starting with a letter, at most 15 characters',
  ],
  [
    '  source: app\n    port: 80\n    ports: { a: 81, b: 82 }\n    publish: { a: 82, b: 9000, main: 9000 }',
    '7:19  services.web.publish.a: 82 is also the port "b" of "web"; choose another',
    '7:38  services.web.publish.main: 9000 is also the published port "b" of "web"; choose another',
  ],
  [
    '  source: app\n    publish: 80\n  api:\n    source: app\n    cron: "* * * * *"\n    publish: { main: 80 }',
    '5:14  services.web.publish: 80 needs "port": without it the service accepts no connections',
    '9:5  services.api.publish: a map must be left out: a service with "cron" exits after each run, so it cannot accept connections',
  ],
  [
    '  source: app\n    port: 80\n    publish: "80"',
    '6:14  services.web.publish: "80" is not a port from 1 to 65535, or a map from names of ports, such as `main`, to the published ports',
  ],
  [
    '  source: app\n    port: 80\n    publish: 8080\ngateway: { routes: [{ path: /*, to: web }] }',
    '7:1  gateway.port: 8080 is also the published port "main" of "web"; choose another',
  ],
  [
    '  source: app\n    cron: "* * * * *"\n    ports: { a: 80 }',
    '6:5  services.web.ports: a map must be left out: a service with "cron" exits after each run, so it cannot accept connections',
  ],
  [
    '  source: app\n    replicas: 2\n    volume: { path: /a, size: 1Gi }\n    volumes: { x: /b, y: { path: /a, size: 1Gi }, Z: /c, w: { path: d, mode: ro } }',
    '5:15  services.web.replicas: 2 must be 1 with "volume": replicas cannot share a volume',
    '5:15  services.web.replicas: 2 must be 1 with a "size" in "volumes": replicas share only the volumes of the stack',
    '7:5  services.web.volumes: a map must name each folder once, and not that of "volume"',
    '7:51  services.web.volumes.Z: "Z" is not a name of a volume: lower-case letters, digits and "-", starting with a letter, at most 20 characters',
    '7:69  services.web.volumes.w.path: "d" is not an absolute path, such as /data',
    '7:72  services.web.volumes.w.mode: unknown key "mode"; known: path, size, readOnly',
  ],
  [
    '  source: app\n    volumes: { upload: /a, uploads: { path: /b, size: 1Gi } }\nvolumes: { uploads: { size: 1Gi } }',
    '5:24  services.web.volumes.upload: needs "size", or an entry in the top-level "volumes" (did you mean "uploads"?), which services share',
    '5:55  services.web.volumes.uploads.size: must be left out: the top-level "volumes" has this volume with its size',
  ],
  ['  source: app\n    port: "3000"', '5:11  services.web.port: "3000" is not a port from 1 to 65535'],
  [
    '  source: app\n    resources: { cpu: 0 }',
    '5:23  services.web.resources.cpu: 0 is not a number of CPU cores, such as 1, 0.5 or "500m"',
  ],
  [
    '  source: app\n    resources: { cpu: "0.0" }',
    '5:23  services.web.resources.cpu: "0.0" is not a number of CPU cores, such as 1, 0.5 or "500m"',
  ],
  [
    '  source: app\n    resources: { cpu: 0.0001 }',
    '5:23  services.web.resources.cpu: 0.0001 must be exact to 0.001',
  ],
  [
    '  source: app\n    resources: { memory: 0Mi }',
    '5:26  services.web.resources.memory: "0Mi" must be above zero',
  ],
  [
    '  source: app\n    health: { path: /, timeout: 0s }',
    '5:33  services.web.health.timeout: "0s" must be at least 1s',
  ],
  [
    '  source: app\n    volume: { path: /data, size: 1Gi }\n    replicas: 2',
    '6:15  services.web.replicas: 2 must be 1 with "volume": replicas cannot share a volume',
  ],
  ['  source: app\n    runtime: static\n    build: make'],
  [
    '  source: app\n    build: make',
    '3:3  services.web.start: is missing: a service with "build" needs the command that starts the result',
  ],
  [
    '  source: app\n    start: "run ${{PORT}}"',
    '5:12  services.web.start: "run ${{PORT}}" must contain no reference: put it under "variables"',
  ],
  [
    '  source: app\n    health: { path: health }',
    '5:21  services.web.health.path: "health" is not a path that starts with "/", such as /health',
  ],
  [
    '  source: app\n    health: { path: /, timeout: 1 minute }',
    '5:33  services.web.health.timeout: "1 minute" is not a duration, such as 30s, 5m or 1h (a bare number counts seconds)',
  ],
  [
    '  type: postgres\n    external: { url: "postgres://u:p@h/d" }',
    '5:22  services.web.external.url: "postgres://…@h/d" must refer to a secret, such as ${{secret.DATABASE_URL}}: it contains a password',
  ],
  [
    '  source: app\n    variables: { 1A: x }',
    '5:18  services.web.variables.1A: "1A" is not a variable name: letters, digits, "_", "." and "-", starting with a letter or "_"',
  ],
  [
    '  source: app\n    variables: { discovery.type: x }',
    '5:18  services.web.variables.discovery.type: is a name that a shell drops; use letters, digits and "_", or an "image" or "dockerfile"',
  ],
  [
    '  source: app\n    variables: { A: [x] }',
    '5:18  services.web.variables.A: a list is not text, a number or a boolean (write "" for an empty value)',
  ],
  [
    '  source: app\n    variables: { A: }',
    '5:18  services.web.variables.A: is empty: expected text, a number or a boolean (write "" for an empty value)',
  ],
  [
    '  source: app\n    variables: { PORT: 80 }',
    '5:24  services.web.variables.PORT: is set for each replica; set "port" of the service instead',
  ],
];

testRefused(services);

test('reports problems of fields and of references together, in the order of the file', (t) => {
  const text = `
name: x
services:
  web: { source: app, prot: 80, variables: { A: "\${{wep.URL}}", B: "\${{api.URL}}", C: "\${{api.D}}" } }
  api: { source: app, port: none, variables: { D: , E: "\${{db.URL}}" } }
  db: { type: oracle }
gateway:
  routes: [{ path: /*, to: api }, { path: /a/*, to: db }, { path: a, to: nobody }]
`;
  assert.deepEqual(check(t, text), [
    '4:23  services.web.prot: unknown key "prot"; did you mean "port"?',
    '4:49  services.web.variables.A: "${{wep.URL}}": there is no service "wep"; did you mean "web"?',
    '5:29  services.api.port: "none" is not a port from 1 to 65535',
    '5:48  services.api.variables.D: is empty: expected text, a number or a boolean (write "" for an empty value)',
    `6:15  services.db.type: "oracle" is not one of ${types}; for other software, use "image"`,
    '8:67  gateway.routes.2.path: "a" is not a path, such as /, /docs or /api/*',
  ]);
});
