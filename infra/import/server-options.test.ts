import assert from 'node:assert/strict';
import { test } from 'vitest';
import { importOf, servicesOf } from './testing.ts';

/** By the fields of a database in Compose: those in the stack file, and what becomes of its options. */
const cases: Record<string, [fields: object, options: string[]]> = {
  'image: "postgres:14", command: postgres -c max_connections=200 -c jit=off': [
    { type: 'postgres', version: '14', settings: { max_connections: 200, jit: false } },
    ['mapped → services.db.settings.max_connections', 'mapped → services.db.settings.jit'],
  ],
  'image: "redis:6.2-alpine", command: [redis-server, --maxmemory, 256mb, --requirepass, Qx7canary, --appendonly, "yes"]':
    [
      { type: 'redis', version: '6', settings: { maxmemory: '256mb' } },
      [
        'defaulted a data service starts its server itself',
        ...['mapped → services.db.settings.maxmemory', 'mapped → services.db.settings.maxmemory'],
        ...['defaulted Railhead sets requirepass itself', 'defaulted Railhead sets requirepass itself'],
        ...['defaulted Railhead sets appendonly itself', 'defaulted Railhead sets appendonly itself'],
      ],
    ],
  'image: "redis:7", command: "redis-server --requirepass ${REDIS_PASSWORD} --save \\"\\""': [
    { type: 'redis', version: '7', settings: { save: '' } },
    ['defaulted Railhead sets requirepass itself', 'mapped → services.db.settings.save'],
  ],
  'image: "redis:7", command: redis-server --port 6380, expose: [6380]': [
    { type: 'redis', version: '7', port: 6380 },
    ['defaulted another line has this port'],
  ],
  'image: "redis:7", command: redis-server --port 6380': [
    { type: 'redis', version: '7', port: 6380 },
    ['mapped → services.db.port'],
  ],
  'image: "mysql:8.0", command: --default-authentication-plugin=mysql_native_password --sql_mode= --bind-address=0.0.0.0':
    [
      {
        ...{ type: 'mysql', version: '8.0' },
        settings: { 'default-authentication-plugin': 'mysql_native_password', sql_mode: '' },
      },
      [
        'mapped → services.db.settings.default-authentication-plugin',
        'mapped → services.db.settings.sql_mode',
        'defaulted Railhead sets bind-address itself',
      ],
    ],
  'image: "mariadb:11.4", command: --skip-ssl --max-connections=-1 --innodb-file-per-table': [
    { type: 'mariadb', version: '11.4', settings: { 'innodb-file-per-table': true } },
    [
      'defaulted Railhead sets skip-ssl itself',
      'cannot max-connections is not',
      'mapped → services.db.settings.innodb-file-per-table',
    ],
  ],
  'image: "postgres:16", command: postgres -f /etc/own.conf -c jit=on -c primary_conninfo=password=Qx7canary':
    [
      { type: 'postgres', version: '16', settings: { jit: true } },
      [
        'cannot only options of the server are read',
        'mapped → services.db.settings.jit',
        'cannot primary_conninfo contains a secret',
      ],
    ],
  'image: "redis:7", command: [sh, -c, "A=1 redis-server --maxmemory 1gb"]': [
    { type: 'redis', version: '7' },
    ['cannot only options of the server are read'],
  ],
};

for (const [fields, [service, options]] of Object.entries(cases)) {
  test(`each option of a server has its row: ${fields}`, async (t) => {
    const { texts, lines } = await importOf(t, {
      'package.json': '{ "name": "options" }',
      'compose.yaml': `services:\n  db: { ${fields} }\n`,
    });
    assert.deepEqual(servicesOf(texts, 'options'), { db: service });
    const rows = lines.flatMap((line) => {
      const [, outcome, , rest] = /^\S+ (\w+) (services\.db\.command\S*) (.*)$/.exec(line) ?? [];
      return outcome === undefined ? [] : [`${outcome} ${rest}`];
    });
    assert.deepEqual(
      rows.map((row, index) => (row.startsWith(options[index] ?? row) ? (options[index] ?? row) : row)),
      options,
    );
    assert.ok(!JSON.stringify([texts, lines]).includes('Qx7canary'));
  });
}

test('files that are mounted into a database: what to do instead', async (t) => {
  const { rows } = await importOf(t, {
    'package.json': '{ "name": "files" }',
    ...{ 'init.sql': '', 'redis.conf': '' },
    'compose.yaml': `services:
  db:
    image: postgres:16
    volumes:
      - ./init.sql:/docker-entrypoint-initdb.d/init.sql
      - ./sql:/docker-entrypoint-initdb.d
      - ./data:/var/lib/postgresql/data
  cache: { image: "redis:7", volumes: ["./redis.conf:/etc/redis.conf"] }
  documents: { image: "mongo:7", volumes: ["./mongod.conf:/etc/mongod.conf"] }
`,
  });
  assert.deepEqual(
    rows.flatMap(({ field, why, next }) => (field.includes('.volumes') ? [[field, why, next]] : [])),
    [
      ...['services.db.volumes.0', 'services.db.volumes.1'].map((field) => [
        field,
        'files for the first start of a server are not run',
        'run this SQL in `preDeploy` of a service, or in a service that runs once',
      ]),
      [
        'services.db.volumes.2',
        'a postgres service starts with an empty database',
        'restore a dump of the data',
      ],
      [
        'services.cache.volumes',
        'a redis service reads no files of a stack',
        'write the options of the server as `settings`',
      ],
      [
        'services.documents.volumes',
        'a mongodb service reads no files of a stack',
        'run the image itself as a service with `image`',
      ],
    ],
  );
});
