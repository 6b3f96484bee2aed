import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'vitest';
import type { TestContext } from 'vitest';
import { Backends } from '../balancer/backends.ts';
import { Changes } from '../balancer/changes.ts';
import { startTraffic } from '../canary/testing/traffic.ts';
import { divide } from './canary.ts';
import { applyWorkload, readWorkload } from './control.ts';
import { readOrder } from './files.ts';
import { Log } from './log.ts';
import { ReplicaSet } from './replica-set.ts';
import type { WorkloadSpec, WorkloadStatus } from './spec.ts';
import { ask, killSupervisor, nextVersion, readLog, setScene, statusWhere, urlOf } from './testing.ts';

const plan = { steps: [10, 50], analysis: { errors: 1, p99: 400, for: 1, minRequests: 3 } };

test('a good canary gets its shares of the requests, then all of them', async (t) => {
  const { folder, spec, traffic } = await serve(t);
  const lines: string[] = [];
  const shares = new Map<number, number>();
  let figures = '';
  await applyWorkload(folder, nextVersion(spec, '2'), {
    progress: (line) => {
      lines.push(line);
      const { weight = 0, canary, stable } = readWorkload(folder)?.canary ?? {};
      if (canary && stable) shares.set(weight, canary.requests / (canary.requests + stable.requests));
    },
    passed: (passed) => (figures = passed),
  });
  assert.equal((await ask(spec)).version, '2');
  const { failed } = await traffic();
  assert.equal(failed, 0);
  for (const weight of [10, 50]) {
    const share = (shares.get(weight) ?? 0) * 100;
    assert.ok(Math.abs(share - weight) < 3, `${share} % of the requests at ${weight} %`);
  }
  assert.match(
    figures,
    /^10 %: \d+ requests, 0 % errors, p99 \d+ ms; 50 %: \d+ requests, 0 % errors, p99 \d+ ms$/,
  );
  assert.ok(lines.some((line) => /^api: canary at 50 %, \d of 1 s: \d+ requests, 0 % errors/.test(line)));
});

const bad = [
  {
    env: { BROKEN: '1' },
    reason: /failed at 10 %: 100 % errors, and the limit is <1 % \(the new version: \d+ req/,
  },
  { env: { DELAY: '600' }, reason: /failed at 10 %: p99 \d+ ms, and the limit is <400 ms/ },
];

for (const { env, reason } of bad) {
  test(`a canary with ${Object.keys(env).join()} goes back by itself, and the old version answers all other requests`, async (t) => {
    const { folder, spec, old, traffic } = await serve(t);
    const next = nextVersion(spec, '2');
    await assert.rejects(applyWorkload(folder, { ...next, env: { ...next.env, ...env } }), reason);
    const { failedOf, of } = await traffic();
    assert.equal(failedOf('1'), 0);
    assert.ok(of('2') >= 3, 'the canary got requests');
    const { replicas } = await statusWhere(
      folder,
      (now) => now.replicas.length === 2,
      'the canary has ended',
    );
    assert.deepEqual(
      replicas.map(({ pid }) => pid),
      old.replicas.map(({ pid }) => pid),
    );
  });
}

test('without requests, the analysis fails', async (t) => {
  const scene = setScene(t);
  const spec = await scene.spec('api', { canary: plan });
  await applyWorkload(scene.folder('api'), spec);
  await assert.rejects(
    applyWorkload(scene.folder('api'), nextVersion(spec, '2')),
    /failed at 10 %: 0 requests in 1 s, and the analysis needs 3 \(`minRequests`\)/,
  );
  assert.equal((await ask(spec)).version, '1');
});

test('if the command is killed, the weight stays, also with another supervisor; the next one goes back first', async (t) => {
  const { folder, spec, traffic } = await serve(t);
  const next = nextVersion(spec, '2');
  // The command ends without a word, as after a kill: it neither orders nor cancels anything.
  await assert.rejects(
    applyWorkload(folder, next, {
      progress: (line) => {
        if (line.includes('canary at 10 %,')) throw new Error('killed');
      },
    }),
    /killed/,
  );
  const held = await statusWhere(folder, ({ canary }) => canary?.weight === 10, 'the weight stays');
  assert.equal(readOrder(folder)?.weight, 10);
  await killSupervisor(folder, held);
  const back = applyWorkload(folder, spec);
  await back;
  assert.equal((await traffic()).failedOf('1'), 0);
  assert.equal((await ask(spec)).version, '1');
});

test('while the old version is not ready, a held canary keeps its share, and the other requests wait', async (t) => {
  const { folder, spec, old, traffic } = await serve(t);
  const progress = (line: string) => {
    if (line.includes('canary at 10 %,')) throw new Error('killed');
  };
  await assert.rejects(applyWorkload(folder, nextVersion(spec, '2'), { progress }), /killed/);
  await traffic();
  for (const { port } of old.replicas) await fetch(`http://${spec.listen?.host}:${port}/unready`);
  const isUnready = ({ id, state }: { id: string; state: string }) =>
    state === 'unready' && old.replicas.some((replica) => replica.id === id);
  await statusWhere(
    folder,
    ({ replicas }) => replicas.filter(isUnready).length === 2,
    'the old are not ready',
  );
  const answers = Array.from({ length: 100 }, () =>
    fetch(urlOf(spec), { signal: AbortSignal.timeout(3000) }).then(
      async (response) => ((await response.json()) as { version: string }).version,
      () => 'none',
    ),
  );
  const count = (version: string, seen: string[]) => seen.filter((one) => one === version).length;
  const seen = await Promise.all(answers);
  assert.equal(count('1', seen), 0);
  assert.ok(count('2', seen) >= 8 && count('2', seen) <= 12, `${count('2', seen)} of 100 on the canary`);
});

test('the next command for the same version goes back first, then begins again', async (t) => {
  const { folder, spec, traffic } = await serve(t);
  const next = nextVersion(spec, '2');
  const progress = (line: string) => {
    if (line.includes('canary at 50 %,')) throw new Error('killed');
  };
  await assert.rejects(applyWorkload(folder, next, { progress }), /killed/);
  const weights: number[] = [];
  await applyWorkload(folder, next, {
    progress: (line) => weights.push(Number(/canary at (\d+) %/.exec(line)?.[1] ?? NaN)),
  });
  assert.deepEqual([...new Set(weights.filter((weight) => !Number.isNaN(weight)))], [0, 10, 50]);
  assert.equal((await traffic()).failed, 0);
  assert.match(readLog(spec), /gets 50 % of the requests[^]*gets 10 % of the requests/);
});

test('when another rollout takes its place, a canary is over before the next status', async (t) => {
  const { spec } = await serve(t);
  const changes = new Changes();
  const backends = new Backends(() => [], changes);
  const context = { changes, log: new Log(spec.log), folder: '' };
  const coming = new ReplicaSet(spec, [], [], context);
  const replaced = new AbortController();
  const divided = divide({ old: coming, coming, backends, order: () => undefined }, context, replaced.signal);
  assert.equal(backends.versions?.split.status().weight, 0);
  replaced.abort(new Error('another rollout takes its place'));
  assert.equal(backends.versions, undefined);
  await assert.rejects(divided, /another rollout takes its place/);
});

test('a cancelled command gives all requests back to the old version', async (t) => {
  const { folder, spec, traffic } = await serve(t);
  const cancel = new AbortController();
  const progress = (line: string) => {
    if (line.includes('canary at 10 %,')) cancel.abort();
  };
  await assert.rejects(applyWorkload(folder, nextVersion(spec, '2'), { progress, signal: cancel.signal }));
  const status = await statusWhere(folder, ({ state }) => state === 'failed', 'it goes back');
  assert.match(status.failure?.reason ?? '', /cancelled during its canary/);
  assert.equal((await traffic()).failed, 0);
  assert.equal((await ask(spec)).version, '1');
});

test('a command that is cancelled before its canary begins gives it back, and the next one for it begins it', async (t) => {
  const { folder, spec, hold, release } = await serve(t);
  const next = nextVersion(spec, '2');
  hold();
  await assert.rejects(applyWorkload(folder, next, whileStarting(new AbortController())));
  const again = new AbortController();
  await assert.rejects(applyWorkload(folder, next, whileStarting(again)));
  release();
  const { failure } = await statusWhere(folder, ({ state }) => state === 'failed', 'it goes back');
  assert.match(failure?.reason ?? '', /cancelled during its canary/);
  assert.equal((await ask(spec)).version, '1');

  hold();
  await assert.rejects(applyWorkload(folder, next, whileStarting(new AbortController())));
  const progress = (line: string) => line.includes(' is ') && release();
  await applyWorkload(folder, next, { progress });
  assert.equal((await ask(spec)).version, '2');
});

test('without its canary, a rollout of the same version does not wait for orders of the command before', async (t) => {
  const { folder, spec, hold, release } = await serve(t);
  const next = nextVersion(spec, '2');
  hold();
  const killed = (line: string) => {
    if (line.includes(' is ')) throw new Error('killed');
  };
  await assert.rejects(applyWorkload(folder, next, { progress: killed }), /killed/);
  const { canary, ...plain } = next;
  void canary;
  const progress = (line: string) => line.includes(' is ') && release();
  await applyWorkload(folder, plain, { progress });
  assert.equal((await ask(spec)).version, '2');
});

/** Cancels a command when its replicas start. */
function whileStarting(cancel: AbortController) {
  const progress = (line: string) => line.includes(' is ') && cancel.abort();
  return { progress, signal: cancel.signal };
}

test('blue-green: all requests switch at once, and back at once', async (t) => {
  const { folder, spec, traffic } = await serve(t, { ...plan, steps: [100] });
  const next = nextVersion(spec, '2');
  await assert.rejects(
    applyWorkload(folder, { ...next, env: { ...next.env, BROKEN: '1' } }),
    /failed at 100 %: 100 % errors/,
  );
  assert.equal((await ask(spec)).version, '1');
  await applyWorkload(folder, nextVersion(spec, '3'));
  const { failedOf } = await traffic();
  assert.deepEqual([failedOf('1'), failedOf('3')], [0, 0]);
});

/** Starts the first version with two replicas, and requests at a constant rate. */
async function serve(t: TestContext, canary: NonNullable<WorkloadSpec['canary']> = plan) {
  const scene = setScene(t);
  const folder = scene.folder('api');
  const spec = await scene.spec('api', { canary, replicas: 2 });
  const old: WorkloadStatus = await applyWorkload(folder, spec);
  const traffic = startTraffic(urlOf(spec));
  t.onTestFinished(async () => void (await traffic()));
  // While the file exists, replicas do not start.
  const file = join(scene.root, 'hold');
  const hold = () => writeFileSync(file, '');
  return { folder, spec, old, traffic, hold, release: () => rmSync(file, { force: true }) };
}
