import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { test } from 'vitest';
import { capture, withProgress } from './command.ts';
import { eventually } from './testing/eventually.ts';

test('output, exit code and the last lines of stderr are returned', async () => {
  const lines: string[] = [];
  const script = 'echo out; for i in $(seq 30); do echo line $i >&2; done; exit 3';
  const result = await capture('sh', ['-c', script], { onLine: (line) => lines.push(line) });
  assert.equal(result.code, 3);
  assert.equal(result.stdout, 'out\n');
  assert.equal(lines.length, 30);
  assert.equal(result.problem.split('\n').length, 15);
  assert.match(result.problem, /line 30$/);
});

test('a missing command is a result, not an exception', async () => {
  const { code, problem } = await capture('no-such-command', []);
  assert.equal(code, null);
  assert.match(problem, /ENOENT/);
});

test('a timeout kills the command with its child processes', { timeout: 60_000 }, async () => {
  // The inner sleep keeps the pipe open: the call returns only after it has ended too.
  const { code, problem } = await capture('sh', ['-c', 'sleep 600 & sleep 600'], { timeout: 200 });
  assert.equal(code, null);
  assert.match(problem, /no end within 0\.2 s/);
});

test('a signal that ends this process ends the command with its child processes', async () => {
  const program = `
    const { capture } = await import(${JSON.stringify(join(import.meta.dirname, 'command.ts'))});
    await capture('sh', ['-c', 'echo $$ >&2; sleep 600 & sleep 600'], { onLine: console.log });
  `;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const closed = once(child, 'close');
    child.kill(signal);
    assert.deepEqual(await closed, [null, signal]);
    await eventually(() => !hasGroup(Number(line.toString())));
  }
});

/** Whether a process group has processes. */
function hasGroup(id: number): boolean {
  try {
    return process.kill(-id, 0);
  } catch {
    return false;
  }
}

test('a character that two chunks share arrives whole', async () => {
  const script = String.raw`printf '\303'; sleep 0.2; printf '\266\n'`;
  assert.equal((await capture('sh', ['-c', script])).stdout, 'ö\n');
});

test('progress is printed at the start and stops with the work', async () => {
  const lines: string[] = [];
  const result = await withProgress(
    (line) => lines.push(line),
    'Working',
    () => Promise.resolve(7),
  );
  assert.equal(result, 7);
  assert.deepEqual(lines, ['Working …']);
});
