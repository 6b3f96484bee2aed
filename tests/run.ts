import { spawnSync } from 'node:child_process';
import { repositoryRoot } from '../infra/environment.ts';
import { ensurePostgres } from '../infra/targets/process/servers/postgres.ts';
import { ensureRedis } from '../infra/targets/process/servers/redis.ts';
import { ensureEngine } from '../tools/engine/engine.ts';
import { failures, reportTotals, runFiles, targetSuites, testFiles } from './suite.ts';

/**
 * `npm test`: the static checks, then every `*.test.ts` beside the code, then the live tests one after the
 * other. Arguments narrow it to files. What needs a Docker daemon or a cluster has runners of its own.
 */
const unit = ['{infra,services,tools,bench}/**/*.test.ts', 'tests/{,chaos/}*.test.ts'];
const live = ['tests/live/*.test.ts'];

const chosen = process.argv.slice(2);
const totals = { passed: 0, failed: 0, skipped: 0 };
const elsewhere = new Set(testFiles(Object.values(targetSuites).flat()));

await prepare();
if (chosen.length === 0) countCheck();
// Two cores: more files at once would only make deadlines inside the tests tighter.
const files = testFiles(unit, chosen).filter((file) => !elsewhere.has(file));
await runFiles(files, 2, totals);
await runFiles(testFiles(live, chosen), 1, totals);
reportTotals(totals);

/** What several files need is fetched or built once, before any of them waits for it. */
async function prepare(): Promise<void> {
  const progress = (line: string) => console.error(line);
  await ensureEngine(repositoryRoot, progress);
  await ensurePostgres('17', progress);
  await ensureRedis('7', progress);
}

/** Format, lint and types count as one test. */
function countCheck(): void {
  const { status } = spawnSync('npm', ['run', '--silent', 'check'], {
    cwd: repositoryRoot,
    stdio: 'inherit',
  });
  totals[status === 0 ? 'passed' : 'failed'] += 1;
  if (status !== 0) failures.push('  npm run check');
}
