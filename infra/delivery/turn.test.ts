import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { temporaryFolder } from './testing.ts';
import { Busy, inTurn, takeTurn } from './turn.ts';

/** A process that takes its turn, says what came of it, and goes on for ever. */
function startRun(t: TestContext, folder: string) {
  const script = `
    const { takeTurn } = await import(${JSON.stringify(join(import.meta.dirname, 'turn.ts'))});
    await takeTurn(${JSON.stringify(folder)}, 'up', 'dev').then(() => console.log('taken'), (error) => console.log(error.message));
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.after(() => child.kill('SIGKILL'));
  return { child, said: once(child.stdout, 'data').then(([bytes]) => String(bytes).trim()) };
}

test('of many that begin at once, one at most goes on, and the others name it', async (t) => {
  const folder = temporaryFolder(t);
  const runs = Array.from({ length: 5 }, () => startRun(t, folder));
  const said = await Promise.all(runs.map((run) => run.said));
  const refused = said.filter((line) => line !== 'taken');
  assert.ok(refused.length >= 4, said.join('\n'));
  for (const line of refused) {
    assert.match(
      line,
      /^Another `up` of dev runs \(pid \d+, since 20[\d:T.-]+Z\), so nothing was changed\.\n/,
    );
    assert.match(line, /\nWait for its end: npm run up -- -s dev --wait\nOr end it: kill \d+$/);
    assert.doesNotMatch(line, /cancel/);
  }
});

test('who waits is told for whom, and goes on when that one is gone, however it ended', async (t) => {
  const folder = temporaryFolder(t);
  const first = startRun(t, folder);
  assert.equal(await first.said, 'taken');
  await assert.rejects(takeTurn(folder, 'down', 'dev'), Busy);
  const lines: string[] = [];
  const turn = inTurn(
    true,
    () => takeTurn(folder, 'down', 'dev'),
    (line) => {
      lines.push(line);
      first.child.kill('SIGKILL');
    },
  );
  const release = await turn;
  assert.equal(lines.length, 1);
  assert.match(
    lines[0] ?? '',
    new RegExp(`^Another \`up\` of dev runs \\(pid ${first.child.pid}, .*\\)\\. Waiting for its end …$`),
  );
  release();
  assert.deepEqual(readdirSync(folder), []);
});

test('a pid that is another process now holds nothing; what went wrong otherwise is not waited for', async (t) => {
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, `up-${process.ppid}-1`), '');
  (await takeTurn(folder, 'up', 'dev'))();
  assert.deepEqual(readdirSync(folder), []);
  await assert.rejects(
    inTurn(true, () => Promise.reject(new Error('other'))),
    /other/,
  );
});
