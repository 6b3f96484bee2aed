import assert from 'node:assert/strict';
import { test } from 'vitest';
import { RunError } from '@pulumi/pulumi/errors.js';
import { UserError } from '../../tools/user-error.ts';
import { reportUserErrors } from './report.ts';

test('Pulumi prints a UserError as its message, also where it prints the stack', async () => {
  const program = () => reportUserErrors(() => Promise.reject(new UserError('the zone is unknown')));
  await assert.rejects(program, (error: Error) => {
    assert.ok(RunError.isInstance(error));
    assert.equal(error.stack, 'the zone is unknown');
    return true;
  });
});

test('any other error keeps its stack', async () => {
  const fault = new TypeError('no such function');
  await assert.rejects(
    reportUserErrors(() => Promise.reject(fault)),
    (error: Error) => error === fault && error.stack !== error.message,
  );
});
