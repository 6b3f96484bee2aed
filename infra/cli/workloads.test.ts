import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'vitest';
import { eventually } from '../../tools/testing/eventually.ts';
import { servicePaths } from '../supervisor/paths.ts';
import { applyWorkload } from '../supervisor/control.ts';
import type { WorkloadSpec } from '../supervisor/spec.ts';
import { statusWhere } from '../supervisor/testing.ts';
import { makeClone, railhead, spawnRailhead, workloadOf } from './testing.ts';

test('status, logs, run and jobs name the next command if the environment was never up', async (t) => {
  const clone = makeClone(t);
  for (const args of [['status'], ['logs'], ['run', 'tick'], ['jobs']]) {
    const { code, errors } = await railhead(clone, ...args);
    assert.equal(code, 1);
    assert.match(errors, /Next: npm run up -- -s dev$/m);
    assert.doesNotMatch(errors, /^ +at /m);
  }
  assert.match((await railhead(clone, 'status', '-s', 'nope')).errors, /There is no environment "nope"/);
});

test('status is a table, and fails when something that should run does not', async (t) => {
  const clone = makeClone(t);
  const api = await start(clone, 'api', {
    command: 'sleep 1000',
    replicas: 2,
    artifact: '0123456789abcdef',
  });
  const tick = await start(clone, 'tick', { command: 'exit 4', cron: '0 0 1 1 *' });
  const fine = await railhead(clone, 'status');
  assert.equal(fine.code, 0, fine.errors);
  const rows = fine.output.trimEnd().split('\n');
  assert.match(rows[0] ?? '', /^SERVICE +REPLICAS +STATE +RESTARTS +ADDRESS +ARTIFACT +UPTIME$/);
  assert.match(rows[1] ?? '', /^api +2\/2 +ready +0 +- +0123456789ab +\d+s$/);
  assert.match(rows[2] ?? '', /^tick +- +scheduled +0 +- +- +next in \d+[a-z]+$/);
  assert.equal(new Set(rows.map((row) => row.search(/STATE|ready|scheduled/))).size, 1);

  // Kill both, because each supervisor restarts its neighbour.
  for (const { supervisor } of [api, tick]) process.kill(supervisor.pid, 'SIGKILL');
  await eventually(async () => {
    const { code, output } = await railhead(clone, 'status');
    return (
      code === 1 && /^api +0\/2 +stopped .*\ntick +- +stopped .*\n\nNext: npm run up -- -s dev$/m.test(output)
    );
  });
});

test('status shows a failed first deployment, and the serving version after a failed update', async (t) => {
  const clone = makeClone(t);
  await start(clone, 'api', { command: 'sleep 1000', artifact: 'a'.repeat(16) });
  const bad = { command: 'sleep 0.1; exit 4', deploymentId: '2', artifact: 'b'.repeat(16) };
  await assert.rejects(start(clone, 'api', bad), /exit code 4/);
  await assert.rejects(start(clone, 'web', { ...bad, replicas: 2 }), /exit code 4/);
  const { workload } = servicePaths({ root: clone, environment: 'dev', name: 'api' });
  await statusWhere(workload, ({ replicas }) => replicas.length === 1, 'the new replica is gone');

  const { code, output } = await railhead(clone, 'status');
  assert.equal(code, 1);
  const [, api, web, , ...failures] = output.trimEnd().split('\n');
  assert.match(api ?? '', /^api +1\/1 +update failed +0 +- +a{12} +\d+s$/);
  assert.match(web ?? '', /^web +0\/2 +failed +- +- +b{12} +-$/);
  const reason = /ended with exit code 4 and printed nothing; restart policy never, restarts: 0$/.source;
  assert.match(
    failures[0] ?? '',
    new RegExp(`^api: the update failed, and the previous version still serves: api-2 ${reason}`),
  );
  assert.match(
    failures[1] ?? '',
    new RegExp(`^web: its first deployment failed, and none of its replicas runs: web-\\d ${reason}`),
  );

  await start(clone, 'web', { command: 'sleep 1000' });
  assert.match((await railhead(clone, 'status')).output, /^web +1\/1 +ready /m);
});

test('logs show one service or all, in the order of time, and follow', async (t) => {
  const clone = makeClone(t);
  await start(clone, 'one', { command: 'echo first; sleep 1000' });
  await eventually(() => logOf(clone, 'one').includes('first'));
  await start(clone, 'two', {
    command: 'echo second; while [ ! -e go ]; do sleep 0.05; done; echo third; sleep 1000',
  });
  await eventually(() => logOf(clone, 'two').includes('second'));
  // Output to a pipe is JSON.
  const lines = (output: string) =>
    output
      .trimEnd()
      .split('\n')
      .map((line) => {
        const { service, source, line: text } = JSON.parse(line) as Record<string, string>;
        return `${service} ${source} ${text}`;
      });
  assert.deepEqual(lines((await railhead(clone, 'logs')).output), ['one one-1 first', 'two two-1 second']);
  assert.deepEqual(lines((await railhead(clone, 'logs', '-n', '1')).output), ['two two-1 second']);
  assert.deepEqual(lines((await railhead(clone, 'logs', 'one')).output), ['one one-1 first']);
  assert.match(
    (await railhead(clone, 'logs', 'ones')).errors,
    /no log of a service "ones" in dev; did you mean "one"\?/,
  );

  const following = spawnRailhead(clone, 'logs', '-f', '-n', '1');
  t.onTestFinished(() => void following.kill('SIGKILL'));
  const ended = once(following, 'exit');
  const next = async () => String((await once(following.stdout, 'data'))[0]);
  assert.deepEqual(lines(await next()), ['two two-1 second']);
  writeFileSync(join(clone, 'go'), '');
  assert.deepEqual(lines(await next()), ['two two-1 third']);
  following.kill('SIGINT');
  assert.deepEqual(await ended, [0, null]);
});

test('run starts a cron service, shows its output and exits with its exit code', async (t) => {
  const clone = makeClone(t);
  await start(clone, 'api', { command: 'sleep 1000' });
  await start(clone, 'tick', { command: 'echo a tick; exit 4', cron: '0 0 1 1 *' });
  const { code, output, errors } = await railhead(clone, 'run', 'tick');
  assert.equal(output, 'a tick\n');
  assert.match(errors, /^tick ended with exit code 4 after/);
  assert.equal(code, 4);
  assert.match(
    (await railhead(clone, 'run', 'tock')).errors,
    /no service "tock" in dev; did you mean "tick"\?/,
  );
  assert.match(
    (await railhead(clone, 'run', 'api')).errors,
    /api has no cron schedule.* Cron services: tick/,
  );
});

test('run does not start a second run while one is running', async (t) => {
  const clone = makeClone(t);
  const { supervisor } = await start(clone, 'tick', { command: 'sleep 1000', cron: '0 0 1 1 *' });
  process.kill(supervisor.pid, 'SIGUSR2');
  const { workload } = servicePaths({ root: clone, environment: 'dev', name: 'tick' });
  await statusWhere(workload, ({ cron }) => cron?.running === true, 'the run begins');
  const { code, errors } = await railhead(clone, 'run', 'tick');
  assert.equal(code, 1);
  assert.match(errors, /tick is still running \(since .*Z\)/);
});

function logOf(root: string, name: string): string {
  return readFileSync(servicePaths({ root, environment: 'dev', name }).log, 'utf8');
}

async function start(root: string, name: string, changes: Partial<WorkloadSpec>) {
  const { folder, spec } = workloadOf(root, name, changes);
  return applyWorkload(folder, spec);
}
