import assert from 'node:assert/strict';
import { test } from 'vitest';
import { check } from './scratch-graph.ts';

/** Fields of the service `web`, and the expected problems with line and column in the whole file. */
export type RefusedFields = [fields: string, ...expected: string[]];

/** Defines a test for each entry: a stack file whose service `web` has these fields is refused. */
export function testRefused(services: readonly RefusedFields[]): void {
  for (const [fields, ...expected] of services) {
    test(`refuses ${JSON.stringify(fields.trim())}`, (t) => {
      assert.deepEqual(check(t, `name: x\nservices:\n  web:\n  ${fields}\n`), expected);
    });
  }
}
