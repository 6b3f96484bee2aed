import { globSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { run, type TestsStream } from 'node:test';
import { spec } from 'node:test/reporters';
import { repositoryRoot } from '../infra/environment.ts';
import { ensurePostgres } from '../infra/targets/process/servers/postgres.ts';
import { ensureRedis } from '../infra/targets/process/servers/redis.ts';
import { ensureEngine } from '../tools/engine/engine.ts';

/**
 * `npm test`: the static checks, then every `*.test.ts` beside the code, then the live tests one after the
 * other. Arguments narrow it to files. Closes with `N passed, N failed, N skipped` on a line of its own.
 */
const suites = {
  unit: ['{infra,services,tools,bench}/**/*.test.ts', 'tests/{,chaos/}*.test.ts'],
  live: ['tests/live/*.test.ts'],
};

const chosen = process.argv.slice(2);
const totals = { passed: 0, failed: 0, skipped: 0 };

await prepare();
if (chosen.length === 0) countCheck();
// Two cores: more files at once would only make deadlines inside the tests tighter.
await runFiles(files(suites.unit), 2);
await runFiles(files(suites.live), 1);
console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exitCode = totals.failed > 0 || totals.passed === 0 ? 1 : 0;

/** What several files need is fetched or built once, before any of them waits for it. */
async function prepare(): Promise<void> {
  const progress = (line: string) => console.error(line);
  await ensureEngine(repositoryRoot, progress);
  await ensurePostgres('17', progress);
  await ensureRedis(progress);
}

function files(patterns: string[]): string[] {
  return patterns
    .flatMap((pattern) => globSync(pattern, { cwd: repositoryRoot }))
    .filter((file) => chosen.length === 0 || chosen.some((part) => file.includes(part)))
    .toSorted();
}

/** Format, lint and types count as one test. */
function countCheck(): void {
  const { status } = spawnSync('npm', ['run', '--silent', 'check'], {
    cwd: repositoryRoot,
    stdio: 'inherit',
  });
  totals[status === 0 ? 'passed' : 'failed'] += 1;
}

async function runFiles(names: string[], concurrency: number): Promise<void> {
  if (names.length === 0) return;
  const stream: TestsStream = run({ files: names, concurrency, cwd: repositoryRoot });
  stream.on('test:pass', ({ details, skip }) => {
    if (details.type !== 'suite') totals[skip === undefined ? 'passed' : 'skipped'] += 1;
  });
  stream.on('test:fail', ({ details }) => {
    if (details.type !== 'suite') totals.failed += 1;
  });
  await new Promise<void>((resolve) => {
    stream.compose(spec).on('end', resolve).pipe(process.stdout, { end: false });
  });
}
