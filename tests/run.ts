import { spawnSync } from 'node:child_process';
import { repositoryRoot } from '../infra/environment.ts';
import { ensurePostgres } from '../infra/targets/process/servers/postgres.ts';
import { ensureRedis } from '../infra/targets/process/servers/redis.ts';
import { ensureEngine } from '../tools/engine/engine.ts';
import { failures, reportTotals, runFiles, targetSuites, testFiles } from './suite.ts';

/**
 * `npm test`: runs the static checks, then every `*.test.ts` next to the code, then the live tests one after the other.
 * Arguments select files. Tests that need a Docker daemon or a cluster have their own runners.
 */
const unit = ['{infra,services,tools,bench}/**/*.test.ts', 'tests/{,chaos/}*.test.ts'];
const live = ['tests/live/*.test.ts'];

const chosen = process.argv.slice(2);
const totals = { passed: 0, failed: 0, skipped: 0 };
const elsewhere = new Set(testFiles(Object.values(targetSuites).flat()));

await prepare();
if (chosen.length === 0) countCheck();
// For two cores: more files at once would only make timeouts in the tests tighter.
const files = testFiles(unit, chosen).filter((file) => !elsewhere.has(file));
await runFiles(files, 2, totals);
await runFiles(testFiles(live, chosen), 1, totals);
reportTotals(totals);

/** Fetches or builds the tools that several files need, so that no test waits for them. */
async function prepare(): Promise<void> {
  const progress = (line: string) => console.error(line);
  await ensureEngine(repositoryRoot, progress);
  await ensurePostgres('17', progress);
  await ensureRedis('7', progress);
}

/** Checks format, lint and types, which count as one test. */
function countCheck(): void {
  const { status } = spawnSync('npm', ['run', '--silent', 'check'], {
    cwd: repositoryRoot,
    stdio: 'inherit',
  });
  totals[status === 0 ? 'passed' : 'failed'] += 1;
  if (status !== 0) failures.push('  npm run check');
}
