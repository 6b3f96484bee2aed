import assert from 'node:assert/strict';
import { runInNewContext } from 'node:vm';
import { test } from 'vitest';
import { emptyPath } from '../../../tools/testing/on-path.ts';
import { codeNode, graphOf } from '../../graph/scratch-graph.ts';
import { isOneUrl } from '../../graph/check-external.ts';
import { temporaryRoot } from '../../targets/process/testing/plugin.ts';
import { fillPasswords } from '../text.ts';
import { accountsScript } from './accounts.ts';
import { mongodb } from './index.ts';
import { servers } from './local/index.ts';

test('preDeploy gets the owner of the database', (t) => {
  const graph = graphOf(
    t,
    'name: x\nservices:\n  db: { type: mongodb }\n  api: { source: app, preDeploy: node migrate.js, variables: { A: "${{db.MONGO_URL}}" } }\n',
  );
  assert.deepEqual(codeNode(graph, 'api').preDeployVariables.A, [
    { kind: 'provided', service: 'db', name: 'OWNER_URL' },
  ]);
});

test('an external address may be that of a cluster, without a port', () => {
  assert.ok(isOneUrl('mongodb+srv://u:p@cluster.example.com/app?retryWrites=true&w=majority', mongodb));
  assert.ok(isOneUrl('mongodb://u:p@db.example.com:27017/app', mongodb));
  assert.ok(!isOneUrl('mongodb+srv://u:p@ss@cluster.example.com/app', mongodb));
});

test('each account has its role in the database only', () => {
  const script = fillPasswords(accountsScript('shop'), {
    superuser: 'S',
    owner: 'O',
    app: 'A',
    readonly: 'R',
  });
  const calls: unknown[][] = [];
  const accounts = (place: string) => ({
    getUser: () => null,
    createUser: (user: object) => calls.push([place, user]),
  });
  // mongosh gives the script a `db`.
  runInNewContext(script, { db: { getSiblingDB: accounts } });
  const granted = (role: string) => [{ role, db: 'shop' }];
  assert.deepEqual(JSON.parse(JSON.stringify(calls)), [
    ['admin', { user: 'superuser', pwd: 'S', roles: [{ role: 'root', db: 'admin' }] }],
    ['shop', { user: 'owner', pwd: 'O', roles: granted('dbOwner') }],
    ['admin', { user: 'owner', pwd: 'O', roles: granted('dbOwner') }],
    ['shop', { user: 'app', pwd: 'A', roles: granted('readWrite') }],
    ['admin', { user: 'app', pwd: 'A', roles: granted('readWrite') }],
    ['shop', { user: 'readonly', pwd: 'R', roles: granted('read') }],
    ['admin', { user: 'readonly', pwd: 'R', roles: granted('read') }],
  ]);
});

test('a process needs mongod of the version and mongosh, and the error says so', async (t) => {
  const program = emptyPath(t, temporaryRoot(t));
  program('mongod', 'db version v8.0.4');
  await assert.rejects(
    servers.ensure('8', () => undefined),
    /no package registry has its server\. Put mongod 8 and mongosh on the PATH/,
  );
  program('mongosh', '2.3.0');
  assert.equal((await servers.find('8'))?.description, '8.0.4');
  assert.equal(await servers.find('7'), undefined);
});
