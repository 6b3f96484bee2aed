import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'vitest';

/** An update with an engine that prints the path of its events. `work` is what the engine does then. */
const update = (work: string) => `
  const { observe } = await import(${JSON.stringify(join(import.meta.dirname, 'observe.ts'))});
  const run = (args) => {
    console.log(args[args.indexOf('--event-log') + 1]);
    return ${work};
  };
  await observe({ run }, 'railhead #1').engine.run(['up']);`;

test('the events of a killed update are removed by the next update', async (t) => {
  const TMPDIR = mkdtempSync(join(tmpdir(), 'railhead-observe-'));
  t.onTestFinished(() => rmSync(TMPDIR, { recursive: true }));
  const start = (work: string) =>
    spawn(process.execPath, ['--input-type=module', '-e', update(work)], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, TMPDIR },
    });
  const killed = start('new Promise(() => setInterval(() => {}, 1000))');
  t.onTestFinished(() => void killed.kill('SIGKILL'));
  const folder = dirname(String(await once(killed.stdout, 'data')).trim());
  killed.kill('SIGKILL');
  await once(killed, 'exit');
  assert.ok(existsSync(folder));
  assert.deepEqual(await once(start('Promise.resolve(0)'), 'exit'), [0, null]);
  assert.ok(!existsSync(folder));
});
