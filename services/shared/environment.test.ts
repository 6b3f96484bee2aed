import assert from 'node:assert/strict';
import { test } from 'vitest';
import { Type } from 'typebox';
import { EnvironmentError, postgresUrl, readEnvironment, serverVariables } from './environment.ts';

const schema = Type.Object({ ...serverVariables, DATABASE_URL: postgresUrl });

test('values are typed and defaults filled in', () => {
  const environment = readEnvironment(schema, {
    PORT: '3001',
    DATABASE_URL: 'postgres://db/rota',
    OTHER: 'x',
  });
  assert.deepEqual(environment, {
    PORT: 3001,
    DATABASE_URL: 'postgres://db/rota',
    HOST: '0.0.0.0',
    DRAIN_DELAY_SECONDS: 1,
    LOG_LEVEL: 'info',
    RAILWAY_SERVICE_NAME: 'local',
    RAILWAY_REPLICA_ID: 'local',
    RAILWAY_DEPLOYMENT_ID: 'local',
  });
});

test('all problems are reported at once, without any value', () => {
  const source = { PORT: '', LOG_LEVEL: 'loud', DATABASE_URL: 'mysql://root:hunter2@db' };
  assert.throws(
    () => readEnvironment(schema, source),
    (error) => {
      assert.ok(error instanceof EnvironmentError);
      assert.match(error.message, /LOG_LEVEL is wrong: it must be fatal, error/);
      assert.match(error.message, /PORT is missing: it must be a port number/);
      assert.match(error.message, /DATABASE_URL is wrong: it must be a URL that begins with postgres/);
      assert.doesNotMatch(error.message, /hunter2|loud/);
      return true;
    },
  );
});

test('a drain delay above its maximum is refused', () => {
  const source = { PORT: '3001', DATABASE_URL: 'postgres://db/rota', DRAIN_DELAY_SECONDS: '11' };
  assert.throws(() => readEnvironment(schema, source), /DRAIN_DELAY_SECONDS is wrong: it must be a whole/);
});

for (const port of ['0', '65536', '80.5', '-1', 'http', '1e99', ' ']) {
  test(`PORT=${JSON.stringify(port)} is wrong`, () => {
    const source = { PORT: port, DATABASE_URL: 'postgres://db/rota' };
    assert.throws(() => readEnvironment(schema, source), /PORT is wrong/);
  });
}
