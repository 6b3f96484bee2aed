import { globSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { run, type TestsStream } from 'node:test';
import { spec } from 'node:test/reporters';
import { repositoryRoot } from '../infra/environment.ts';

/**
 * Suites on real targets: each target's contract and the reference system, and recovery after a failed `up`. Each has
 * its own runner.
 */
export const targetSuites = {
  docker: ['infra/targets/docker/docker.test.ts', 'tests/docker/*.test.ts'],
  kubernetes: ['tests/kubernetes/*.test.ts', 'infra/targets/kubernetes/kubernetes.test.ts'],
  matrix: ['tests/matrix/*.test.ts'],
};

export interface Totals {
  passed: number;
  failed: number;
  skipped: number;
}

/** Failed tests of this run, each with file, full name and the beginning of its message, for the end of the log. */
export const failures: string[] = [];

/**
 * Returns the files of the clone that match the patterns, in order. With `parts`, only those whose path contains one
 * of them.
 */
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
  rememberFailures(stream);
  await new Promise<void>((resolve) => {
    stream.compose(spec).on('end', resolve).pipe(process.stdout, { end: false });
  });
}

/**
 * Prints the failures, and `N passed, N failed, N skipped` on the last line. Sets exit code 1 if a test failed or
 * none ran.
 */
export function reportTotals({ passed, failed, skipped }: Totals): void {
  if (failures.length > 0) console.log(['failed:', ...failures].join('\n'));
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  process.exitCode = failed > 0 || passed + skipped === 0 ? 1 : 0;
}

/** Runs `npm run test:<target>`: one file after the other, unless what they deploy is apart. */
export async function runTargetSuite(target: keyof typeof targetSuites, concurrency = 1): Promise<void> {
  const totals = { passed: 0, failed: 0, skipped: 0 };
  await runFiles(testFiles(targetSuites[target], process.argv.slice(2)), concurrency, totals);
  reportTotals(totals);
}

/** Number of lines of a message that are repeated at the end. */
const mostLines = 12;

function rememberFailures(stream: TestsStream): void {
  /** Names from the outermost test to the current one. */
  const path: string[] = [];
  /** stderr by file. */
  const written = new Map<string, string>();
  const remember = (file: string, name: string, lines: string[]) => {
    const indented = lines.map((line) => `      ${line}`.trimEnd());
    failures.push([`  ${relative(repositoryRoot, file)}: ${name}`, ...indented].join('\n'));
  };
  stream.on('test:start', ({ name, nesting }) => path.splice(nesting, Infinity, name));
  stream.on('test:stderr', ({ file, message }) => {
    const whole = resolve(repositoryRoot, file);
    written.set(whole, (written.get(whole) ?? '') + message);
  });
  stream.on('test:fail', ({ file = '', name, nesting, details: { error } }) => {
    const { cause } = error;
    // The inner test has already reported it.
    if ((error as { failureType?: string }).failureType === 'subtestsFailed') return;
    // A file that failed as a whole, for example because it cannot be loaded.
    if (resolve(repositoryRoot, name) === file)
      return remember(file, 'outside of its tests', linesOf(written.get(file)).slice(-mostLines));
    const reason = cause instanceof Error ? cause.message : String(cause ?? error.message);
    remember(file, [...path.slice(0, nesting), name].join(' > '), linesOf(reason).slice(0, mostLines));
  });
  // For example an unhandled rejection: it fails the file, and only this event reports it.
  stream.on('test:diagnostic', ({ file = '', message }) => {
    if (message.startsWith('Error: ')) remember(file, 'outside of its tests', [message]);
  });
}

function linesOf(text = ''): string[] {
  return text.trim().split('\n');
}
