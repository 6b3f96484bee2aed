import assert from 'node:assert/strict';
import { test } from 'vitest';
import { describeImport } from '../report.ts';
import { importOf, servicesOf } from '../testing.ts';

test('each field of a service can be a variable of .env', async (t) => {
  const { texts, lines } = await importOf(t, {
    '.env':
      'POLICY=on-failure:3\nGRACE=20s\nPERIOD=90s\nLIMIT=1024\nPORT=8080\nCOPIES=2\nFILES=32\nCORES=0.5\n',
    'compose.yaml': `
name: shop
services:
  web:
    image: acme/web:1
    restart: \${POLICY}
    stop_grace_period: $GRACE
    healthcheck: { test: [CMD, check], start_period: $PERIOD }
    ulimits: { nofile: $LIMIT, nproc: { soft: $FILES, hard: $LIMIT } }
    ports: [{ target: $PORT, published: $PORT }]
    scale: $COPIES
    cpus: $CORES
`,
  });
  assert.deepEqual(
    lines.filter((line) => line.includes(' cannot ')),
    [],
  );
  assert.deepEqual(servicesOf(texts, 'shop')['web'], {
    image: 'acme/web:1',
    port: 8080,
    health: { command: ['check'], timeout: '90s' },
    restart: { policy: 'on-failure', maxRetries: 3 },
    drain: '20s',
    ulimits: { nofile: 1024, nproc: { soft: 32, hard: 1024 } },
    replicas: 2,
    resources: { cpu: 0.5 },
  });
});

test('a value that import cannot read is reported as such, and not as an unknown field', async (t) => {
  const { lines } = await importOf(t, {
    'compose.yaml':
      'services:\n  web: { image: "acme/web:1", stop_grace_period: soon, unknown: 1, healthcheck: { start_period: 0s } }\n',
  });
  const of = (field: string) => lines.find((line) => line.split(' ')[2] === `services.web.${field}`);
  assert.match(of('stop_grace_period') ?? '', /cannot .* import cannot read this value/);
  assert.match(of('unknown') ?? '', /cannot .* import does not know this field/);
  assert.match(of('healthcheck') ?? '', /defaulted .* it is the default of the platform/);
});

test('a health check by a program of several lines stays one argument', async (t) => {
  const { texts } = await importOf(t, {
    'compose.yaml': `
name: shop
services:
  web:
    image: acme/web:1
    healthcheck:
      test:
        - CMD
        - python3
        - -c
        - |
          import sys
          sys.exit(1)
`,
  });
  assert.deepEqual(servicesOf(texts, 'shop')['web'], {
    image: 'acme/web:1',
    health: { command: ['python3', '-c', 'import sys\nsys.exit(1)\n'] },
  });
});

test('the fields of an anchor that many services use are one row of the report each', async (t) => {
  const names = ['one', 'two', 'three', 'four', 'five'];
  const plan = await importOf(t, {
    'compose.yaml': `
x-common: &common
  restart: always
  depends_on: { db: &started { condition: service_started }, cache: *started }
services:
  db: { image: "acme/db:1" }
  cache: { image: "acme/cache:1" }
${names.map((name) => `  ${name}: { <<: *common, image: "acme/${name}:1" }`).join('\n')}
`,
  });
  const lines = describeImport(plan).split('\n');
  const at = (place: string) =>
    lines.filter((line) => line.startsWith(`  ${place} `)).map((line) => line.trim().replace(/ +/g, ' '));
  assert.deepEqual(at('2:1'), ['2:1 x-common a field of the services that use it']);
  assert.deepEqual(at('3:3'), ['3:3 services.one.restart → restart.policy of one, two, three and 2 more']);
  assert.deepEqual(at('4:62'), [
    '4:62 services.one.depends_on.cache → dependsOn.cache of one, two, three and 2 more',
  ]);
  // Programs that read the report as JSON find each service.
  assert.equal(plan.rows.filter(({ line, to }) => line === 3 && to !== undefined).length, names.length);
});
