import assert from 'node:assert/strict';
import { test } from 'vitest';
import { readEnvironment } from '../common/environment.ts';
import { UserError } from '../../tools/user-error.ts';
import { ownTools, requireProcesses } from './own-tools.ts';

test('processes need no other tools; on docker and kubernetes the error names the command to use instead', () => {
  assert.equal(ownTools(readEnvironment('dev')), undefined);
  requireProcesses(readEnvironment('dev'), 'logs');
  const message = (environment: string) => {
    try {
      requireProcesses(readEnvironment(environment), 'status');
    } catch (error) {
      assert.ok(error instanceof UserError);
      return error.message;
    }
  };
  assert.match(message('staging') ?? '', /kubectl get pods -n rota-staging$/);
  assert.match(message('docker') ?? '', /docker ps .*railhead\.stack=rota .*railhead\.environment=docker$/);
});

test('commands use the recorded name of a stack that was renamed', () => {
  const of = (environment: string) =>
    ownTools({ ...readEnvironment(environment), identity: 'before' }, 'api');
  assert.match(of('staging')?.logs ?? '', / -n before-staging /);
  assert.match(of('docker')?.status ?? '', /railhead\.stack=before .*railhead\.environment=docker/);
});
