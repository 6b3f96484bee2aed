import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'vitest';
import fc from 'fast-check';
import { formatChecks, toExports } from './doctor.ts';

/** Evaluates `lines` in a real shell. Returns the values of the variables `names`. */
function evaluate(lines: string, names: string[]): string[] {
  const script = `${lines}\nfor name in ${names.join(' ')}; do eval "printf '%s\\0' \\"\\$$name\\""; done`;
  const { stdout, status } = spawnSync('/bin/sh', ['-c', script], {
    encoding: 'utf8',
    env: { PATH: '/usr/bin:/bin' },
  });
  assert.equal(status, 0);
  return stdout.split('\0').slice(0, -1);
}

test('the command that fixes a failed check is never wrapped, also in a narrow terminal', () => {
  const mend = `kubectl annotate storageclass standard ${'x'.repeat(80)}=true`;
  const lines = formatChecks([{ name: 'Storage class', found: 'there is no default one', mend }], 30).split(
    '\n',
  );
  assert.equal(lines.at(-1)?.trim(), mend);
  for (const line of lines.slice(0, -1)) assert.ok(line.length <= 30, line);
});

test('a shell reads every exported value unchanged', () => {
  const value = fc
    .string({ unit: 'grapheme' })
    .filter((text) => !text.includes('\0') && text === text.toWellFormed());
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 4 }), (values) => {
      const names = values.map((_, index) => `VALUE_${index}`);
      const variables = Object.fromEntries(values.map((text, index) => [`VALUE_${index}`, text]));
      assert.deepEqual(evaluate(toExports(variables), names), values);
    }),
    { numRuns: 50 },
  );
});

test("the project's folders are prepended to the shell's PATH", () => {
  assert.deepEqual(evaluate(toExports({ PATH: "/it's mine/bin:/clone/bin" }), ['PATH']), [
    "/it's mine/bin:/clone/bin:/usr/bin:/bin",
  ]);
});
