import { describe, test, type TestContext } from 'vitest';

interface Declare {
  test: (name: string, body: (t: TestContext) => unknown) => void;
  describe: (name: string, body: () => void | Promise<void>) => void;
}

/** Declares tests that need what not every machine has. Where `lack` names something missing, one skipped test reports it. */
export function unless(lack: string | undefined): Declare {
  if (lack === undefined) return { test, describe };
  const skipped = (name: string) => test(name, (t) => t.skip(lack));
  return { test: skipped, describe: skipped };
}
