/**
 * Runs a command at the times of a schedule, and at SIGUSR2, never twice at a time. A container gets the bundle of this
 * file, 4 kB. `schedule.ts` stands in for croner: every compose file contains the text of the bundle, and croner is one
 * line of 33 kB. A test compares the two.
 *
 * `node runner.mjs <schedule> <command> [argument…]`
 */
import { rmSync, writeFileSync } from 'node:fs';
import { spawn, type ChildProcess } from 'node:child_process';
import { isDue } from './schedule.ts';

const minute = 60_000;
/** A timer may be early by a little, and would find the minute before due once more. */
const margin = 100;
const [schedule = '', command = '', ...args] = process.argv.slice(2);
let running: ChildProcess | undefined;
/** Holds how the last run failed, for the health check of the container. */
const failed = new URL('failed', import.meta.url);

function tick(): void {
  if (running) return log('tick skipped: the run before has not ended');
  const startedAt = new Date().toISOString();
  const child = spawn(command, args, { stdio: 'inherit' });
  running = child;
  child.once('error', (error) => log(`the run cannot start: ${error.message}`, 'error'));
  child.once('close', (code, signal) => {
    running = undefined;
    const end = `ended with ${signal ?? `exit code ${code}`}`;
    if (code === 0) rmSync(failed, { force: true });
    else writeFileSync(failed, `the run of ${startedAt} ${end}`);
    log(`run ${end}`, code === 0 ? 'info' : 'error');
  });
}

/** Aims at each whole minute anew, so that neither a slow timer nor a stopped clock adds up. */
function waitForMinute(): void {
  setTimeout(
    () => {
      if (isDue(schedule, new Date())) tick();
      waitForMinute();
    },
    minute - (Date.now() % minute) + margin,
  );
}

function log(msg: string, level: 'info' | 'error' = 'info'): void {
  console.log(JSON.stringify({ level, time: new Date().toISOString(), service: 'cron', msg }));
}

process.on('SIGUSR2', tick);
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    if (!running) process.exit(0);
    running.once('close', () => process.exit(0));
    running.kill(signal);
  });
}
waitForMinute();
