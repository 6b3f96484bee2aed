import assert from 'node:assert/strict';
import { test } from 'vitest';
import { protectionProblem } from './protection.ts';

test('the error of the engine about a protected resource says how to remove the protection', () => {
  const urn = 'urn:pulumi:prod::shop::railhead:index:Service$kubernetes:core/v1:PersistentVolumeClaim::db';
  const error = `Preview failed: resource "${urn}" cannot be deleted\nbecause it is protected. To unprotect the resource, either …`;
  assert.equal(
    protectionProblem(error, 'prod'),
    `PersistentVolumeClaim db is protected, so the update cannot delete it. Keep its service, or remove the protection: npm run pulumi -- state unprotect '${urn}' -s prod`,
  );
  assert.equal(protectionProblem('preview failed', 'prod'), undefined);
});
