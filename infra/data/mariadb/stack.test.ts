import assert from 'node:assert/strict';
import { test } from 'vitest';
import { budgetsOf } from '../../graph/connections.ts';
import { describeService } from '../../graph/draw/describe.ts';
import { check, codeNode, graphOf } from '../../graph/scratch-graph.ts';

const text = `
name: notes
services:
  db: { type: mariadb, connections: 63 }
  api:
    source: app
    preDeploy: node migrate.js
    replicas: 3
    variables:
      MYSQL_URL: \${{db.MYSQL_URL}}
      OTHER: \${{db.MARIADB_URL}}
      LOGIN: \${{db.MYSQLUSER}}:\${{db.MYSQLPASSWORD}}@\${{db.MYSQLHOST}}:\${{db.MYSQLPORT}}/\${{db.MYSQLDATABASE}}
      READ: \${{db.READONLY_URL}}
      POOL_SIZE: \${{db.POOL_SIZE}}
`;

test('preDeploy gets the owner of the tables, and each replica its share of the connections', (t) => {
  const graph = graphOf(t, text);
  const owned = codeNode(graph, 'api').preDeployVariables;
  const names = (name: string) =>
    owned[name]?.flatMap((piece) => (typeof piece === 'object' ? [piece.name] : []));
  assert.deepEqual(names('MYSQL_URL'), ['OWNER_URL']);
  assert.deepEqual(names('OTHER'), ['OWNER_URL']);
  assert.deepEqual(names('LOGIN')?.slice(0, 2), ['OWNER_USER', 'OWNER_PASSWORD']);
  assert.equal(names('READ'), undefined);
  // Three connections are kept, and the old and the new version get 30 each.
  assert.deepEqual(
    budgetsOf(graph.services).map(({ share, half }) => [share, half]),
    [[10, 30]],
  );
  const [db] = graph.services.filter(({ form }) => form === 'data');
  assert.equal(db && describeService(db), 'mariadb 10.11');
});

test('a wrong version, and a port next to the host, are reported with their places', (t) => {
  assert.deepEqual(check(t, text.replace('connections: 63', 'version: 12')), [
    '4:33  services.db.version: 12 is not a version of mariadb: 10.11, 11.4, 11.8',
  ]);
  assert.deepEqual(check(t, text.replace(':${{db.MYSQLPORT}}', ':3307')), [
    '12:14  services.api.variables.LOGIN: "db" listens only on 3306, not on 3307',
  ]);
});
