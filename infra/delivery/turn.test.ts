import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'vitest';
import { temporaryFolder } from './testing.ts';
import { Busy, clearFolder, inTurn, removeFolder, takeTurn } from './turn.ts';

/** Starts a process that tries to take the lock, prints the result and runs until the test ends. */
function startRun(t: TestContext, folder: string) {
  const script = `
    const { takeTurn } = await import(${JSON.stringify(join(import.meta.dirname, 'turn.ts'))});
    await takeTurn(${JSON.stringify(folder)}, 'up', 'dev').then(() => console.log('taken'), (error) => console.log(error.message));
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.onTestFinished(() => void child.kill('SIGKILL'));
  return { child, said: once(child.stdout, 'data').then(([bytes]) => String(bytes).trim()) };
}

test('of several concurrent runs, at most one takes the lock, and the errors of the others name it', async (t) => {
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

test('a waiting run names the run that it waits for, and continues also if that run is killed', async (t) => {
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

test('a run that tries to take the lock makes a folder that was removed meanwhile', async (t) => {
  const folder = temporaryFolder(t);
  const first = startRun(t, folder);
  assert.equal(await first.said, 'taken');
  const turn = takeTurn(folder, 'down', 'dev');
  rmSync(folder, { recursive: true });
  (await turn)();
});

test('a folder loses what the run with the lock had in it, and goes unless another run waits', async (t) => {
  const folder = join(temporaryFolder(t), 'runs');
  const release = await takeTurn(folder, 'down', 'dev');
  mkdirSync(join(folder, 'handed'));
  writeFileSync(join(folder, 'release.json'), '');
  clearFolder(folder);
  assert.equal(readdirSync(folder).length, 1);
  removeFolder(folder);
  assert.ok(existsSync(folder));
  release();
  removeFolder(folder);
  assert.ok(!existsSync(folder));
  removeFolder(folder);
});

test('a refusal names the command that waits', async (t) => {
  const folder = temporaryFolder(t);
  const first = startRun(t, folder);
  assert.equal(await first.said, 'taken');
  const again = 'npx --no -- railhead drift --mend --wait -s dev';
  const refused = (error: Error) => error.message.includes(`Wait for its end: ${again}\n`);
  await assert.rejects(takeTurn(folder, 'up', 'dev', again), refused);
});

test('the file of a reused pid does not hold the lock; inTurn does not retry other errors', async (t) => {
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, `up-${process.ppid}-1`), '');
  (await takeTurn(folder, 'up', 'dev'))();
  assert.deepEqual(readdirSync(folder), []);
  await assert.rejects(
    inTurn(true, () => Promise.reject(new Error('other'))),
    /other/,
  );
});
