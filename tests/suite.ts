import { globSync } from 'node:fs';
import { run, type TestsStream } from 'node:test';
import { spec } from 'node:test/reporters';
import { repositoryRoot } from '../infra/environment.ts';

/** The tests of one target on the real thing: its contract and the reference system. Each has a runner of its own. */
export const targetSuites = {
  docker: ['infra/targets/docker/docker.test.ts', 'tests/docker/*.test.ts'],
  kubernetes: ['tests/kubernetes/*.test.ts', 'infra/targets/kubernetes/kubernetes.test.ts'],
};

export interface Totals {
  passed: number;
  failed: number;
  skipped: number;
}

/** Files of the clone in order; `parts` narrows them to those whose path has one of these in it. */
export function testFiles(patterns: string[], parts: string[] = []): string[] {
  return patterns
    .flatMap((pattern) => globSync(pattern, { cwd: repositoryRoot }).toSorted())
    .filter((file) => parts.length === 0 || parts.some((part) => file.includes(part)));
}

/** Runs the files, prints the report, and adds to the totals. A skipped suite counts as one skipped test. */
export async function runFiles(files: string[], concurrency: number, totals: Totals): Promise<void> {
  if (files.length === 0) return;
  const stream: TestsStream = run({ files, concurrency, cwd: repositoryRoot });
  stream.on('test:pass', ({ details, skip }) => {
    if (skip !== undefined) totals.skipped += 1;
    else if (details.type !== 'suite') totals.passed += 1;
  });
  stream.on('test:fail', ({ details }) => {
    if (details.type !== 'suite') totals.failed += 1;
  });
  await new Promise<void>((resolve) => {
    stream.compose(spec).on('end', resolve).pipe(process.stdout, { end: false });
  });
}

/** Closes with `N passed, N failed, N skipped` on a line of its own. Exit code 1 when something failed, or nothing ran. */
export function reportTotals({ passed, failed, skipped }: Totals): void {
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  process.exitCode = failed > 0 || passed + skipped === 0 ? 1 : 0;
}

/** What `npm run test:<target>` does: one file after the other, as they share the daemon or the cluster. */
export async function runTargetSuite(target: keyof typeof targetSuites): Promise<void> {
  const totals = { passed: 0, failed: 0, skipped: 0 };
  await runFiles(testFiles(targetSuites[target], process.argv.slice(2)), 1, totals);
  reportTotals(totals);
}
