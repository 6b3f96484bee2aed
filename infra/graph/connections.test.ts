import assert from 'node:assert/strict';
import { test } from 'vitest';
import { formatProblem } from '../stack/problem.ts';
import { budgetsOf } from './connections.ts';
import { check, graphOf } from './scratch-graph.ts';

const stack = (...services: string[]) => `name: x
variables: { SHARED: "\${{db.PGHOST}}" }
services:
  ${services.join('\n  ')}
`;
const uses = (reference: string, fields = '') =>
  `{ source: app${fields}, variables: { X: "\${{${reference}}}" } }`;

/** Services, and the connections that each replica may have. */
const shares: [title: string, share: number | undefined, ...services: string[]][] = [
  ['half of what is not kept', 47, 'db: { type: postgres }', `web: ${uses('db.URL')}`],
  [
    'of the number in the stack file',
    97,
    'db: { type: postgres, connections: 200 }',
    `web: ${uses('db.URL')}`,
  ],
  [
    'an equal share of the most replicas, rounded down',
    3,
    'db: { type: postgres }',
    `api: ${uses('db.DATABASE_URL', ', resources: { cpu: 1 }, replicas: { min: 3, max: 10, cpu: 70 }')}`,
    `worker: ${uses('db.READONLY_URL', ', replicas: 5')}`,
  ],
  [
    'every service with the address, also through other variables',
    9,
    'db: { type: postgres }',
    `common: ${uses('shared.SHARED')}`,
    `inherits: ${uses('neighbour.X')}`,
    `neighbour: ${uses('db.PGPASSWORD')}`,
    `nightly: ${uses('db.URL', ', cron: "0 3 * * *"')}`,
    'migrated: { source: app, preDeploy: { command: node migrate.js, variables: { X: "${{db.URL}}" } } }',
    `other: ${uses('redis.URL', ', replicas: 9')}`,
    'redis: { type: redis }',
  ],
  [
    'of the setting max_connections, which is another name of the field',
    10,
    'db: { type: postgres, settings: { max_connections: 66 } }',
    `api: ${uses('db.URL', ', replicas: 3')}`,
  ],
  [
    'of the connections of a pooler',
    62,
    'db: { type: postgres, connections: 20, pooler: true }',
    `web: ${uses('db.URL', ', replicas: 8')}`,
  ],
  [
    'an external server with a known number of connections',
    12,
    'db: { type: postgres, connections: 30, external: { url: "${{secret.DB}}" } }',
    `web: ${uses('db.URL')}`,
  ],
  [
    'an external server with an unknown number of connections',
    undefined,
    'db: { type: postgres, external: { url: "${{secret.DB}}" } }',
    `web: ${uses('db.URL')}`,
  ],
  ['without users', undefined, 'db: { type: postgres }', 'web: { source: app }'],
];

for (const [title, share, ...services] of shares) {
  test(`shares connections: ${title}`, (t) => {
    const [budget] = budgetsOf(graphOf(t, stack(...services)).services);
    assert.equal(budget?.share, share);
  });
}

test('too few connections for the replicas are an error that shows the sum', (t) => {
  const api = `api: ${uses('db.URL', ', replicas: 40')}`;
  const worker = `worker: ${uses('db.POOL_SIZE', ', replicas: 8')}`;
  const problem = (place: string, given: string) => [
    `${place}  services.db.connections: ${given} connections are too few for 48 replicas (api 40, worker 8): 6 are kept for health checks, backups and administrators, and the old and the new version of the services get 47 each; write "connections: 102" or more, or lower "replicas"`,
  ];
  assert.deepEqual(check(t, stack('db: { type: postgres }', api, worker)), problem('4:3', '100'));
  assert.deepEqual(
    check(t, stack('db: { type: postgres, connections: 101 }', api, worker)),
    problem('4:38', '101'),
  );
  assert.deepEqual(check(t, stack('db: { type: postgres, connections: 102 }', api, worker)), []);
});

test('an invalid number of connections is reported once', (t) => {
  const services = ['db: { type: postgres, connections: 9 }', `api: ${uses('db.URL', ', replicas: 90')}`];
  assert.deepEqual(check(t, stack(...services)), [
    '4:38  services.db.connections: 9 is not a whole number from 10 to 262143',
  ]);
});

test('a service whose default pool may be too large gets a warning until it uses its share', (t) => {
  const warnings = (...services: string[]) =>
    graphOf(t, stack('db: { type: postgres }', ...services)).warnings.map((warning) =>
      formatProblem(warning).replace(/^.*stack\.yaml:/, ''),
    );
  const taking = (replicas: number, more: string) =>
    `api: { source: app, replicas: ${replicas}, variables: { N: "1", X: "\${{db.URL}}"${more} } }`;
  assert.deepEqual(warnings(taking(4, '')), []);
  assert.deepEqual(warnings(taking(5, '')), [
    '5:60  warning: services.api.variables.X: each replica\'s share of the connections to "db" is 9, but many libraries open 10 by default; add POOL_SIZE: ${{db.POOL_SIZE}} and use it as the size of the pool',
  ]);
  assert.deepEqual(warnings(taking(5, ', SIZE: "${{db.POOL_SIZE}}"')), []);
  assert.deepEqual(
    warnings(taking(4, ', SIZE: "${{db.POOL_SIZE}}"'), `cron: ${uses('db.URL', ', cron: "0 3 * * *"')}`),
    [],
  );
});

test('POOL_SIZE of an external server needs its number of connections', (t) => {
  const db = (more: string) => `db: { type: postgres, external: { url: "\${{secret.DB}}" }${more} }`;
  const web = `web: ${uses('db.POOL_SIZE')}`;
  assert.deepEqual(check(t, stack(db(''), web)), [
    '5:39  services.web.variables.X: "${{db.POOL_SIZE}}": "db" is an external server; add "connections" to it, the number that it accepts',
  ]);
  assert.deepEqual(check(t, stack(db(', connections: 30'), web)), []);
});
