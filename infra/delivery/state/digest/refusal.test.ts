import assert from 'node:assert/strict';
import { test } from 'vitest';
import type { Digest } from './digest.ts';
import { requireSame } from './refusal.ts';

const parts = { steps: '1', artifacts: '2', secrets: '3', state: '4', version: '5' };
const reviewed: Digest = { environment: 'dev', whole: 'a', parts };

/** Returns the refusal after an update of a commit with this subject. */
function refusalAfter(subject: string, dirty?: true): string {
  const now: Digest = { ...reviewed, whole: 'b', parts: { ...parts, state: '6' } };
  const deployed = { hash: '0123456789abcdef', subject, ...(dirty && { dirty }) };
  try {
    requireSame(reviewed, { digest: now, deployed }, () => []);
  } catch (error) {
    return (error as Error).message;
  }
  assert.fail('not refused');
}

test('the refusal names the pull request that was deployed in between, where its commit does', () => {
  for (const [subject, request] of [
    ['Change the job (#12)', ' of pull request #12.'],
    ['Merge pull request #345 from acme/job', ' of pull request #345.'],
    ['Revert "Change the job (#12)" (#13)', ' of pull request #13.'],
    ['Change the job', '.'],
    ['Undo (#12) in part', '.'],
    ['See pull request #12 of another', '.'],
  ] as const) {
    const text = refusalAfter(subject);
    assert.ok(text.includes(` Deployed now: 0123456 ${JSON.stringify(subject)}${request}\n`), text);
    assert.match(text, /nothing was changed/);
  }
});

test('the refusal says that files differed from the commit that was deployed in between', () => {
  assert.match(
    refusalAfter('Change the job (#12)', true),
    / Deployed now: 0123456 "Change the job \(#12\)" of pull request #12, with uncommitted changes\.\n/,
  );
});
