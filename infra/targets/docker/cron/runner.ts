/**
 * Runs a command at the times of a schedule, and at SIGUSR2, never twice at a time. A container gets the bundle of this
 * file, 4 kB. `schedule.ts` stands in for croner: every compose file contains the text of the bundle, and croner is one
 * line of 33 kB. A test compares the two.
 *
 * `node runner.mjs <schedule, or JSON of schedule, timezone and retries> <command> [argument…]`
 */
import { rmSync, writeFileSync } from 'node:fs';
import { spawn, type ChildProcess } from 'node:child_process';
import { backoff } from '../../../supervisor/restart.ts';
import { isDue } from './schedule.ts';

interface Options {
  schedule: string;
  timezone?: string;
  retries?: number;
}

const minute = 60_000;
/** A timer may be early by a little, and would find the minute before due once more. */
const margin = 100;
const [text = '', command = '', ...args] = process.argv.slice(2);
const options: Options = text.startsWith('{') ? (JSON.parse(text) as Options) : { schedule: text };
const { schedule, timezone, retries = 0 } = options;
let isRunning = false;
let isStopping = false;
let child: ChildProcess | undefined;
/** Holds how the last run failed, for the health check of the container. */
const failed = new URL('failed', import.meta.url);

function tick(): void {
  if (isRunning) return log('tick skipped: the run before has not ended');
  isRunning = true;
  start(0);
}

/** Starts the command; if it fails, it is repeated after a pause. */
function start(retry: number): void {
  const startedAt = new Date().toISOString();
  child = spawn(command, args, { stdio: 'inherit' });
  child.once('error', (error) => log(`the run cannot start: ${error.message}`, 'error'));
  child.once('close', (code, signal) => {
    child = undefined;
    if (isStopping) process.exit(0);
    const end = `ended with ${signal ?? `exit code ${code}`}`;
    if (code === 0) rmSync(failed, { force: true });
    else writeFileSync(failed, `the run of ${startedAt} ${end}`);
    const pause = code === 0 || retry >= retries ? undefined : backoff(retry, Math.random);
    const next = pause === undefined ? '' : `, starts again in ${(pause / 1000).toFixed(1)} s`;
    log(`run ${end}${next}`, code === 0 ? 'info' : 'error');
    if (pause === undefined) isRunning = false;
    else setTimeout(start, pause, retry + 1);
  });
}

/** Aims at each whole minute anew, so that neither a slow timer nor a stopped clock adds up. */
function waitForMinute(): void {
  setTimeout(
    () => {
      if (isDue(schedule, new Date(), timezone)) tick();
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
    isStopping = true;
    if (child) child.kill(signal);
    else process.exit(0);
  });
}
waitForMinute();
log(`waits for ${schedule} ${timezone ?? 'UTC'}`);
