import assert from 'node:assert/strict';
import { test } from 'vitest';
import { readEnvironment } from '../common/environment.ts';
import { UserError } from '../../tools/user-error.ts';
import { requireSupervisors } from './own-tools.ts';

test('under supervisors there are no other tools; elsewhere the error names the command to use instead', async () => {
  await requireSupervisors(readEnvironment('dev'), 'logs');
  const refuses = (environment: string, command: RegExp) =>
    assert.rejects(requireSupervisors(readEnvironment(environment), 'status'), (error) => {
      assert.ok(error instanceof UserError);
      assert.match(error.message, command);
      return true;
    });
  await refuses('staging', /kubectl get pods -n rota-staging$/);
  await refuses('docker', /docker ps .*railhead\.stack=rota .*railhead\.environment=docker$/);
});

test('commands use the recorded name of a stack that was renamed', async () => {
  const refuses = (environment: string, what: 'logs' | 'status', command: RegExp) =>
    assert.rejects(
      requireSupervisors({ ...readEnvironment(environment), identity: 'before' }, what, 'api'),
      command,
    );
  await refuses('staging', 'logs', / -n before-staging /);
  await refuses('docker', 'status', /railhead\.stack=before .*railhead\.environment=docker/);
});
