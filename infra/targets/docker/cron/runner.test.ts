import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'vitest';
import { builtFile } from '../../../common/roots.ts';
import { eventually } from '../../../../tools/testing/eventually.ts';

test('the program of a cron container repeats a failed run, and ends at SIGTERM', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'railhead-cron-'));
  copyFileSync(builtFile('programs/cron/main.js'), join(folder, 'runner.mjs'));
  const cron = JSON.stringify({ schedule: '0 0 31 12 *', timezone: 'Europe/Zurich', retries: 1 });
  // The third attempt succeeds: that of the second run.
  const command = ['sh', '-c', 'echo begun; echo x >> tries; [ "$(wc -l < tries)" -eq 3 ]'];
  const runner = spawn(process.execPath, ['runner.mjs', cron, ...command], { cwd: folder });
  t.onTestFinished(() => {
    runner.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });
  let output = '';
  runner.stdout.on('data', (data: Buffer) => (output += data.toString()));
  const count = (text: string) => output.split(text).length - 1;
  // A signal before the program listens to it would end it.
  await eventually(() => output.includes('waits for 0 0 31 12 * Europe/Zurich'));
  runner.kill('SIGUSR2');
  await eventually(() => count('run ended with') === 2);
  assert.deepEqual([count('begun'), count('starts again in')], [2, 1]);
  assert.ok(existsSync(join(folder, 'failed')));
  runner.kill('SIGUSR2');
  await eventually(() => count('run ended with exit code 0') === 1);
  assert.equal(existsSync(join(folder, 'failed')), false);
  runner.kill('SIGTERM');
  assert.deepEqual(await once(runner, 'exit'), [0, null]);
});
