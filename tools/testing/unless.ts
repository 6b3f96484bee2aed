import { spawnSync } from 'node:child_process';
import { describe, test, type TestContext } from 'vitest';

interface Declare {
  test: (name: string, body: (t: TestContext) => unknown) => void;
  describe: (name: string, body: () => void | Promise<void>) => void;
}

/** Returns the first line of the error of an attempt, as a reason for `unless`; undefined if it succeeds. */
export function failureOf(attempt: Promise<unknown>): Promise<string | undefined> {
  return attempt.then(
    () => undefined,
    (error: Error) => error.message.split('\n')[0],
  );
}

/** Declares tests that need what not every machine has. Where `lack` names something missing, one skipped test reports it. */
export function unless(lack: string | undefined): Declare {
  if (lack === undefined) return { test, describe };
  const skipped = (name: string) => test(name, (t) => t.skip(lack));
  return { test: skipped, describe: skipped };
}

/** Returns the reason why a test cannot run a program; undefined if it succeeds with these arguments. */
export function lacksProgram(program: string, ...args: string[]): string | undefined {
  const { status } = spawnSync(program, args, { stdio: 'ignore' });
  return status === 0 ? undefined : `${[program, ...args].join(' ')} does not succeed here`;
}
