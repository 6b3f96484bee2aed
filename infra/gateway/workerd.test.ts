import assert from 'node:assert/strict';
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, test } from 'vitest';
import { ask, bundleWorker, startOrigin } from './testing/harness.ts';

const runner = fileURLToPath(new URL('./main.ts', import.meta.url));
let worker: Awaited<ReturnType<typeof bundleWorker>>;
let origin: Awaited<ReturnType<typeof startOrigin>>;
let pending: ServerResponse | undefined;
let arrived: () => void = () => undefined;

beforeAll(async () => {
  worker = await bundleWorker();
  origin = await startOrigin((_request, response) => {
    pending = response;
    arrived();
  });
});

afterAll(async () => {
  origin.close();
  await worker.remove();
});

test('logs when it is ready, and finishes open requests before it stops', async () => {
  const gateway = run(await configFile('drain.json', 0));
  const ready = await nextLine(gateway);
  assert.equal(ready.msg, 'ready');
  const request = new Promise<void>((resolve) => (arrived = resolve));
  const answer = ask(String(ready.url), '/slow');
  await request;
  const exited = once(gateway, 'exit');
  gateway.kill('SIGTERM');
  assert.equal((await nextLine(gateway)).msg, 'draining');
  pending?.end('done');
  assert.equal((await answer).body, 'done');
  assert.deepEqual(await exited, [0, null]);
});

test('starts where the path of the temporary folder is longer than that of a Unix socket may be', async () => {
  const TMPDIR = join(worker.folder, `mit Leerzeichen und Ümlaut ${'x'.repeat(110)}`);
  await mkdir(TMPDIR);
  const gateway = run(await configFile('long.json', 0), { TMPDIR });
  const ready = await nextLine(gateway);
  assert.equal(ready.msg, 'ready');
  const request = new Promise<void>((resolve) => (arrived = resolve));
  const answer = ask(String(ready.url), '/');
  await request;
  pending?.end('done');
  assert.equal((await answer).body, 'done');
  const exited = once(gateway, 'exit');
  gateway.kill('SIGTERM');
  assert.deepEqual(await exited, [0, null]);
});

test('a port in use is a clear error', async () => {
  const gateway = run(await configFile('taken.json', Number(new URL(origin.url).port)));
  const exited = once(gateway, 'exit');
  const line = await nextLine(gateway);
  assert.equal(line.level, 'error');
  assert.match(String(line.msg), /cannot listen on 127\.0\.0\.1:\d+: another process uses this port/);
  assert.deepEqual(await exited, [1, null]);
});

test('a missing configuration is a clear error', async () => {
  const gateway = run(join(worker.folder, 'missing.json'));
  const exited = once(gateway, 'exit');
  assert.match(
    String((await nextLine(gateway)).msg),
    /Cannot read the gateway.s configuration .*missing\.json/,
  );
  assert.deepEqual(await exited, [1, null]);
});

async function configFile(name: string, port: number): Promise<string> {
  const file = join(worker.folder, name);
  const routes = [{ path: '/*', origin: origin.url }];
  await writeFile(file, JSON.stringify({ script: worker.script, host: '127.0.0.1', port, routes }));
  return file;
}

type Runner = ChildProcessByStdio<null, Readable, null>;
const lines = new WeakMap<Runner, AsyncIterator<string>>();

function run(file: string, variables: NodeJS.ProcessEnv = {}): Runner {
  const env = { ...process.env, ...variables };
  const child = spawn(process.execPath, [runner, file], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  lines.set(child, createInterface(child.stdout)[Symbol.asyncIterator]());
  return child;
}

async function nextLine(child: Runner): Promise<Record<string, unknown>> {
  const line = await lines.get(child)?.next();
  return JSON.parse(String(line?.value)) as Record<string, unknown>;
}
