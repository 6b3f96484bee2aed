import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { finished } from 'node:stream/promises';
import { test } from 'vitest';
import { Busy } from '../delivery/turn.ts';
import { lockAdvice } from './lock-advice.ts';

/** Passes a stderr stream through the filter. Returns the lines it forwarded and the error it reports at the end. */
async function read(text: string) {
  const shown: string[] = [];
  const advice = lockAdvice('prod', (line) => void shown.push(line));
  const stream = new PassThrough();
  advice.read(stream);
  stream.end(text);
  await finished(stream);
  return { shown, problem: advice.problem };
}

test("Pulumi's advice to cancel is suppressed, since it would remove the lock of a live run", async () => {
  // The text of the CLI; infra/cli/up.test.ts tests it with the real CLI.
  const { shown, problem } = await read(
    'warning: something\n' +
      'error: the stack is currently locked by 1 lock(s). Either wait for the other process(es) to end or delete the lock file with `pulumi cancel`.\n' +
      '  s3://bucket/.pulumi/locks/organization/railhead/prod/7b.json: created by ada@build-7 (pid 41) at 2026-01-02T03:04:05Z\n',
  );
  assert.deepEqual(shown, ['warning: something']);
  assert.ok(problem instanceof Busy);
  assert.match(problem.message, /of Pulumi changes prod \(ada@build-7 \(pid 41\) at 2026-01-02T03:04:05Z\)/);
  assert.match(problem.message, /If it is dead, run: npx --no -- railhead recover -s prod$/);
  assert.doesNotMatch(problem.message, /cancel/);
});

test('all other lines are forwarded unchanged', async () => {
  const { shown, problem } = await read('error: no such thing\n\n  at line 3');
  assert.deepEqual([shown, problem], [['error: no such thing', '', '  at line 3'], undefined]);
});
