import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { test } from 'vitest';
import { UserError } from '../../tools/user-error.ts';
import { applyWorkload, readWorkload, stopWorkload } from './control.ts';
import { isAlive } from '../common/process-identity.ts';
import { listWorkloads } from './workloads.ts';
import { ask, nextVersion, readLog, setScene, statusWhere } from './testing.ts';
import { eventually } from '../../tools/testing/eventually.ts';
import { unless } from '../../tools/testing/unless.ts';

const lack = process.platform === 'linux' ? undefined : 'needs /proc';

test('a workload is ready when apply returns, the next apply adopts it, and stop leaves no process', async (t) => {
  const scene = setScene(t);
  const folder = scene.folder('api');
  const spec = await scene.spec('api', { replicas: 2 });
  const lines: string[] = [];
  const status = await applyWorkload(folder, spec, { progress: (line) => lines.push(line) });

  assert.equal(status.state, 'ready');
  assert.deepEqual(
    status.replicas.map(({ id, state }) => `${id} ${state}`),
    ['api-1 ready', 'api-2 ready'],
  );
  assert.ok(lines.some((line) => line.startsWith('api: ')));
  assert.equal(statSync(folder).mode & 0o777, 0o700);
  assert.equal(statSync(join(folder, 'spec.json')).mode & 0o777, 0o600);
  assert.equal(statSync(join(folder, 'status.json')).mode & 0o777, 0o600);

  assert.deepEqual(await applyWorkload(folder, spec), status);

  await stopWorkload(folder);
  assert.equal(readWorkload(folder), undefined);
  assert.ok([status.supervisor, ...status.replicas].every((process) => !isAlive(process)));
  assert.deepEqual(readdirSync(folder), ['supervisor.log']);
  assert.match(readLog(spec), /^\S+Z api-1 listening$/m);
});

test('simultaneous callers share one supervisor and its processes', async (t) => {
  const scene = setScene(t);
  const folder = scene.folder('api');
  const spec = await scene.spec('api');
  const all = await Promise.all(Array.from({ length: 5 }, () => applyWorkload(folder, spec)));
  const pids = new Set(
    all.flatMap(({ supervisor, replicas }) => [supervisor.pid, ...replicas.map(({ pid }) => pid)]),
  );
  assert.equal(pids.size, 2);
  await eventually(() => readdirSync(folder).filter((name) => name.endsWith('.lock')).length === 1);
});

test('a first deployment that never gets ready fails with its check, its log and the next command, and is removed', async (t) => {
  const scene = setScene(t);
  const folder = scene.folder('api');
  const spec = await scene.spec('api');
  // The time-out is long enough for the server to start and to answer that it is not ready.
  const failing = { ...spec, timeout: 10, env: { ...spec.env, READY: 'never' } };
  await assert.rejects(applyWorkload(folder, failing), (error: Error) => {
    assert.ok(error instanceof UserError);
    assert.match(error.message, /^api did not get ready: 0 of 1 replicas were ready after 10 s\.$/m);
    assert.match(
      error.message,
      /^Failed check: GET http:.*\/ready: answered 503 \{"checks":\{"database":"down"\}\}$/m,
    );
    assert.match(error.message, /^ {2}listening$/m);
    assert.match(error.message, /^Next: npx --no -- railhead logs api -s test$/m);
    return true;
  });
  assert.equal(readWorkload(folder), undefined);
  assert.equal((await applyWorkload(folder, spec)).state, 'ready');
});

test('a service without health fails to start if it ends within minReady, and the error names its exit code', async (t) => {
  const scene = setScene(t);
  const once = { policy: 'on-failure', maxRetries: 1 } as const;
  const command = 'echo no database; sleep 1.2; exit 7';
  const spec = scene.quiet('job', { command, restart: once, minReady: 5 });
  await assert.rejects(
    applyWorkload(scene.folder('job'), spec),
    /^UserError: job did not get ready: job-1 ended with exit code 7; restart policy on-failure, restarts: 1\.\nLast lines of its log:\n {2}no database\n {2}no database\nNext: /,
  );
  const done = scene.quiet('done', { command: 'sleep 1.2', minReady: 5 });
  await assert.rejects(
    applyWorkload(scene.folder('done'), done),
    /^UserError: done did not get ready: done-1 ended with exit code 0 and printed nothing; restart policy on-failure, restarts: 0\.\nNext: /,
  );
});

test('a deployment requested while its supervisor stops is not lost', async (t) => {
  const scene = setScene(t);
  const folder = scene.folder('api');
  const spec = await scene.spec('api', { stop: { signal: 'SIGTERM', grace: 2 } });
  const { supervisor } = await applyWorkload(folder, spec);
  // The stop waits for this request.
  const held = assert.rejects(ask(spec, '/held'));
  await eventually(() => readLog(spec).includes('held'));
  process.kill(supervisor.pid, 'SIGTERM');
  const refuses = () =>
    ask(spec).then(
      () => false,
      () => true,
    );
  await eventually(refuses);
  await applyWorkload(folder, nextVersion(spec, '2'));
  await held;
  await eventually(() => !isAlive(supervisor));
  assert.equal((await ask(spec)).version, '2');
  assert.equal(readWorkload(folder)?.state, 'ready');
});

test('a workload whose replicas have ended for good is not reported as serving', async (t) => {
  const scene = setScene(t);
  const folder = scene.folder('job');
  const restart = { policy: 'never', maxRetries: 0 } as const;
  const command = 'while [ ! -e go ]; do sleep 0.02; done; exit 3';
  const spec = scene.quiet('job', { command, restart });
  await applyWorkload(folder, spec);
  writeFileSync(join(scene.root, 'go'), '');
  const ended = await statusWhere(folder, ({ state }) => state === 'failed', 'the job has ended');
  assert.equal(ended.serving, undefined);
  assert.deepEqual(
    listWorkloads(dirname(folder)).map(({ kept }) => kept),
    [undefined],
  );
  await assert.rejects(applyWorkload(folder, nextVersion(spec, '2')), (error: Error) => {
    assert.match(error.message, /^job did not get ready: job-\d ended with exit code 3/);
    assert.doesNotMatch(error.message, /still serve/);
    return true;
  });
});

unless(lack).test('a program that listens elsewhere gets a hint with its address', async (t) => {
  const scene = setScene(t);
  const spec = await scene.spec('api', { health: 'tcp', timeout: 10 });
  const told = /^Hint: listen on \$HOST:\$PORT \(here 127\.0\.0\.1:\d+\); /.source;
  const elsewhere = (program: string) => ({ ...spec, command: [process.execPath, '-e', program] });
  const listens = elsewhere("require('net').createServer().listen(process.env.PORT, '127.0.0.9')");
  await assert.rejects(
    applyWorkload(scene.folder('api'), listens),
    new RegExp(`${told}the program listens on 127\\.0\\.0\\.9:\\d+$`, 'm'),
  );
  const { port } = spec.listen ?? {};
  const taken = elsewhere(`require('net').createServer().listen(${port}, '127.0.0.1')`);
  await assert.rejects(
    applyWorkload(scene.folder('api'), { ...taken, restart: { policy: 'never', maxRetries: 0 } }),
    new RegExp(`${told}the program uses a port that another process already has$`, 'm'),
  );
});

test('the error for a service in a crash loop until the time-out names its exit code', async (t) => {
  const scene = setScene(t);
  const restart = { policy: 'always', maxRetries: 0 } as const;
  const spec = scene.quiet('job', { command: 'sleep 1.2; exit 7', restart, timeout: 2, minReady: 3 });
  await assert.rejects(
    applyWorkload(scene.folder('job'), spec),
    /^UserError: job did not get ready: 0 of 1 replicas stayed ready for 3 s within 5 s; job-1 ended with exit code 7 and printed nothing, restarts: \d\.$/m,
  );
});

test('a process that ends before it was ready fails a rollout once it has used its starts', async (t) => {
  const scene = setScene(t);
  const restart = { policy: 'always', maxRetries: 10 } as const;
  const broken = scene.quiet('broken', {
    command: 'echo no such option; exit 3',
    restart,
    starts: 2,
    timeout: 600,
  });
  await assert.rejects(
    applyWorkload(scene.folder('broken'), broken),
    /^UserError: broken did not get ready: broken-1 ended with exit code 3, restarts: 1\.\nLast lines of its log:\n {2}no such option\n {2}no such option\nNext: /,
  );
  const command = '[ -e tried ] && exec sleep 600; touch tried; exit 3';
  const spec = scene.quiet('db', { command, restart, starts: 2 });
  const { replicas } = await applyWorkload(scene.folder('db'), spec);
  assert.equal(replicas[0]?.restarts, 1);
});

test('applying a failed deployment again tries it again', async (t) => {
  const scene = setScene(t);
  const folder = scene.folder('api');
  const spec = await scene.spec('api', { restart: { policy: 'never', maxRetries: 0 } });
  const old = await applyWorkload(folder, spec);
  const missing = nextVersion(spec, '2', { command: [process.execPath, join(scene.root, 'later.mjs')] });
  await assert.rejects(applyWorkload(folder, missing), /ended with exit code 1; .*\n(.*\n)*.*still serve/);
  await assert.rejects(applyWorkload(folder, missing), /ended with exit code 1/);
  const failed = await statusWhere(
    folder,
    ({ replicas }) => replicas.length === 1,
    'only the old replica is left',
  );
  assert.equal(failed.state, 'failed');
  assert.equal(failed.serving, '1');
  assert.equal((await ask(spec)).pid, old.replicas[0]?.pid);
});

test('the error for an address in use names the process that holds it', async (t) => {
  const scene = setScene(t);
  const spec = await scene.spec('api');
  const other = createServer().listen(spec.listen);
  await once(other, 'listening');
  t.onTestFinished(() => void other.close());
  for (const mode of ['balanced', 'own'] as const) {
    const { host = '', port = 0 } = spec.listen ?? {};
    const applied = applyWorkload(scene.folder('api'), { ...spec, listen: { host, port, mode } });
    const holder = process.platform === 'linux' ? `pid ${process.pid} \\(` : 'another process';
    await assert.rejects(
      applied,
      new RegExp(`api did not get ready: ${host}:${port} is already in use by ${holder}`),
    );
  }
});

test('an aborted apply leaves the rollout to the supervisor, and the next apply waits for it', async (t) => {
  const scene = setScene(t);
  const folder = scene.folder('api');
  const spec = await scene.spec('api');
  const cancel = new AbortController();
  const cancelled = applyWorkload(folder, spec, { signal: cancel.signal, progress: () => cancel.abort() });
  await assert.rejects(cancelled, { name: 'AbortError' });
  assert.equal((await applyWorkload(folder, spec)).state, 'ready');
});
