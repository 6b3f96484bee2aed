import assert from 'node:assert/strict';
import { test } from 'vitest';
import { migrationsOf } from './migrations.ts';
import type { ServiceSnapshot } from './snapshot.ts';

const command = ['node migrate.js'];

test('migrations that the last update did not have are pending, in order', () => {
  const after = [file('sql/1.sql'), file('sql/2.down.sql'), file('sql/2.up.sql'), file('sql/3.sql')];
  assert.deepEqual(migrationsOf(service([file('sql/1.sql')]), service(after), command), {
    command,
    known: true,
    pending: [
      { file: 'sql/2.up.sql', reversible: true },
      { file: 'sql/3.sql', reversible: false },
    ],
    edited: [],
    late: [],
  });
});

test('all migrations of a new service are pending, and none of an unchanged one', () => {
  const all = service([file('1.down.sql'), file('1.sql')]);
  const pending = [{ file: '1.sql', reversible: true }];
  assert.deepEqual(migrationsOf(undefined, all, command), {
    command,
    known: true,
    pending,
    edited: [],
    late: [],
  });
  assert.deepEqual(migrationsOf(all, all, command), {
    command,
    known: true,
    pending: [],
    edited: [],
    late: [],
  });
});

test('an applied migration that changed or vanished is a finding, and a pending one that sorts before an applied one too', () => {
  const before = service([file('2.sql'), file('3.sql'), file('4.down.sql'), file('4.sql')]);
  const after = service([file('1.sql'), file('2.sql', 'other'), file('4.sql'), file('5.sql')]);
  assert.deepEqual(migrationsOf(before, after, command), {
    command,
    known: true,
    pending: ['1.sql', '5.sql'].map((name) => ({ file: name, reversible: false })),
    edited: ['2.sql', '3.sql'],
    late: ['1.sql'],
  });
});

test('the file that undoes a migration is none itself: it can change at any time', () => {
  const before = service([file('1.down.sql'), file('1.sql')]);
  const after = service([file('1.down.sql', 'other'), file('1.sql')]);
  assert.deepEqual(migrationsOf(before, after, command)?.edited, []);
  assert.deepEqual(migrationsOf(before, service([file('1.sql')]), command)?.edited, []);
});

test('without a list on one of the sides, migrations are not known', () => {
  const unknown = { command, known: false, pending: [], edited: [], late: [] };
  const listed = service([file('1.sql')]);
  assert.deepEqual(migrationsOf(service(), service(), command), unknown);
  assert.deepEqual(migrationsOf(listed, service(), command), unknown);
  assert.deepEqual(migrationsOf(service(), listed, command), unknown);
  assert.deepEqual(migrationsOf(undefined, service(), command), unknown);
});

test('a service without preDeploy, or that is removed, has no migrations', () => {
  assert.equal(migrationsOf(service(), service(), []), undefined);
  assert.equal(migrationsOf(service([file('1.sql')]), undefined, command), undefined);
});

function file(name: string, sha = name): [string, string] {
  return [name, sha];
}

function service(migrations?: [string, string][]): ServiceSnapshot {
  return { form: 'code', dependsOn: [], variables: {}, ...(migrations && { migrations }) };
}
