import assert from 'node:assert/strict';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { TestContext } from 'vitest';
import { eventually } from '../../../../tools/testing/eventually.ts';
import { unless } from '../../../../tools/testing/unless.ts';
import { canaryProgram } from '../../../canary/testing/service.ts';
import { startTraffic } from '../../../canary/testing/traffic.ts';
import { balancerFolder } from '../../../artifacts/balancer-folder.ts';
import { packageRoot } from '../../../common/roots.ts';
import type { Step } from '../../../provider/kind.ts';
import { balancerEnvironment } from '../balancer/environment.ts';
import { containersOf, docker, lacksDaemon, removeLeftovers, type Inspected } from '../testing/daemon.ts';
import { dockerCanaries } from '../canaries.ts';
import { canaryBegin } from './canary-begin.ts';
import { canary } from './canary.ts';
import { orderBalancer } from './orders.ts';

const base = 'node:24-slim';
const plan = (seconds: number) => ({
  steps: [20, 50],
  analysis: { errors: 5, for: seconds, minRequests: 5 },
});
const port = 8080;
const lack =
  lacksDaemon() ?? (docker('images', '--quiet', base) === '' ? `the image ${base} is missing` : undefined);

unless(lack).test('a bad canary stops and a good one takes over, also after one that was left', async (t) => {
  const scene = setScene(t, 'steps');
  scene.replicas('1');
  scene.startBalancer();
  const balancer = scene.balancer().Id;
  const url = `http://${addressOf(scene.balancer())}:${port}/`;
  await scene.noticed();
  const stop = startTraffic(url, 10);

  await scene.begin('2');
  const bad = scene.replicas('2', { BROKEN: '1' });
  await scene.noticed();
  await assert.rejects(scene.tryOut(bad), /its canary failed at 20 %: .* errors, and the limit is <5 %/);
  assert.deepEqual(scene.running('2'), []);
  // An update of the same version starts the containers again; its hold is that of the canary that failed.
  await scene.noticed();
  docker('start', ...bad);
  await scene.noticed();
  const served = await Promise.all(Array.from({ length: 20 }, () => versionOf(url)));
  assert.deepEqual(new Set(served), new Set(['1']));
  await assert.rejects(scene.tryOut(bad), /its canary failed at 20 %/);

  await scene.begin('3');
  const left = scene.replicas('3');
  await scene.noticed();
  const killed = (line: string) => {
    if (line.startsWith('canary at 20 %,')) throw new Error('killed');
  };
  // However slow this machine is, the first step does not end before the kill.
  await assert.rejects(scene.tryOut(left, { progress: killed, seconds: 600 }), /killed/);
  const { split } = (await orderBalancer(balancer)) ?? {};
  assert.equal(split?.weight, 20, 'the weight stays');
  const [live] = await scene.canaries();
  const { since, held, ...canaryNow } = live ?? {};
  const names = (version: string) =>
    scene
      .running(version)
      .map((id) => scene.nameOf(id))
      .toSorted();
  assert.deepEqual(canaryNow, {
    ...{ service: 'api', weight: 20, step: 1, steps: [20, 50] },
    newVersion: { artifact: base, replicas: names('3') },
    oldVersion: { artifact: base, replicas: names('1') },
  });
  assert.equal(since, new Date(split?.since ?? 0).toISOString());
  assert.equal(held, undefined, 'the last order is a moment ago');
  await eventually(async () => (await scene.canaries())[0]?.held !== undefined);
  docker('stop', left[0]!);

  await scene.begin('4');
  assert.deepEqual(scene.running('3'), [], 'the canary that was left goes back first');
  await scene.noticed();
  const good = scene.replicas('4');
  await scene.noticed();
  await scene.tryOut(good);
  docker('rm', '--force', ...scene.running('1'));
  await eventually(async () => (await orderBalancer(balancer))?.split === undefined);
  const seen = await stop();
  assert.equal(seen.failed, seen.failedOf('2'), 'every failed request was on the bad canary');
  assert.ok(seen.of('4') > 0);
  scene.replicas('5');
  await eventually(async () => (await versionOf(url)) === '5');

  const unseen = scene.replicas('6', { BROKEN: '1' }, 'others');
  await scene.tryOut(unseen);
  assert.equal(
    (await orderBalancer(balancer))?.split,
    undefined,
    'no canary of replicas that it cannot find',
  );
});

unless(lack).test('a canary that was left keeps its share when the balancer starts again', async (t) => {
  const scene = setScene(t, 'restart');
  scene.replicas('1');
  scene.startBalancer();
  const url = () => `http://${addressOf(scene.balancer())}:${port}/`;
  await scene.noticed();
  await scene.begin('2');
  const left = scene.replicas('2');
  await scene.noticed();
  const stop = startTraffic(url(), 10);
  const killed = (line: string) => {
    if (line.startsWith('canary at 20 %,')) throw new Error('killed');
  };
  await assert.rejects(scene.tryOut(left, { progress: killed, seconds: 600 }), /killed/);
  await stop();

  const balancer = scene.balancer().Id;
  docker('kill', balancer);
  docker('start', balancer);
  await scene.noticed();
  const [live] = await scene.canaries();
  assert.deepEqual([live?.weight, live?.steps, live?.held !== undefined], [20, [20, 50], true]);
  const versions = await Promise.all(Array.from({ length: 200 }, () => versionOf(url())));
  const share = versions.filter((version) => version === '2').length / 2;
  assert.ok(share > 15 && share < 25, `${share} % of the requests`);

  // Replicas that are paused accept connections and answer nothing.
  for (const id of scene.running('1')) docker('pause', id);
  await eventually(() => docker('logs', balancer).match(/no answer within/g)!.length >= 2);
  const answered: string[] = [];
  const sent = Array.from({ length: 100 }, async () => answered.push(await versionOf(url())));
  await eventually(() => answered.length >= 15);
  for (const id of scene.running('1')) docker('unpause', id);
  await Promise.all(sent);
  const onCanary = answered.filter((version) => version === '2').length;
  assert.ok(onCanary > 15 && onCanary < 25, `${onCanary} of 100 requests while the old version hangs`);

  await scene.begin('3');
  assert.deepEqual(scene.running('2'), [], 'the next update goes back first');
  docker('kill', balancer);
  docker('start', balancer);
  scene.replicas('3');
  await scene.noticed();
  const served = await Promise.all(Array.from({ length: 20 }, () => versionOf(url())));
  assert.deepEqual(new Set(served), new Set(['1']), 'the hold stays too');
});

/** Creates a network with a balancer, and replicas by version. All of it is removed after the test. */
function setScene(t: TestContext, test: string) {
  const name = `canary-${test}-${process.pid}`;
  const own = { stack: name, environment: 'test' };
  const labels = (role: string) => ({
    'railhead.stack': name,
    'railhead.environment': 'test',
    'railhead.service': 'api',
    'railhead.role': role,
  });
  const flags = (role: string) =>
    Object.entries(labels(role)).flatMap(([key, value]) => ['--label', `${key}=${value}`]);
  docker('network', 'create', '--internal', ...flags('network'), name);
  t.onTestFinished(() => removeLeftovers(own));
  const run = (...args: string[]) => docker('run', '--detach', '--network', name, ...args).trim();
  const variables = (values: Record<string, string>) =>
    Object.entries(values).flatMap(([key, value]) => ['--env', `${key}=${value}`]);
  const step = (progress: Step['progress'] = () => {}): Step => ({ progress, signal: t.signal });
  const place = { root: '/clone', environment: 'test', name: 'api' };
  const balancer = () => containersOf({ ...own, role: 'balancer' })[0]!;
  return {
    balancer,
    startBalancer: () => {
      const environment = balancerEnvironment({
        port,
        replicas: 'replicas',
        health: { path: '/health', ready: '/health' },
        ports: [],
      });
      const program = join(packageRoot, 'dist/programs/balancer/main.js');
      const mounts = [
        ...['--volume', `${program}:/balancer.js:ro`, '--volume', balancerFolder],
        ...['--read-only', '--tmpfs', '/tmp'],
      ];
      run(...flags('balancer'), ...variables(environment), ...mounts, base, 'node', '/balancer.js');
    },
    replicas: (version: string, others: Record<string, string> = {}, name = 'replicas') =>
      [1, 2].map(() => {
        const environment = { HOST: '0.0.0.0', PORT: String(port), VERSION: version, ...others };
        const alias = ['--network-alias', name];
        const program = ['node', '--input-type=module', '-e', canaryProgram];
        return run(...flags('replica'), ...alias, ...variables(environment), base, ...program);
      }),
    /** Resolves when the balancer has found out which replicas run and are ready: all that run. */
    noticed: () =>
      eventually(() => {
        const replicas = containersOf({ ...own, role: 'replica' }).map(addressOf);
        return isDeepStrictEqual(readyOnes(balancer()), new Set(replicas));
      }),
    running: (version: string) =>
      containersOf({ ...own, role: 'replica' })
        .filter(({ Config }) => Config.Env.includes(`VERSION=${version}`))
        .map(({ Id }) => Id),
    nameOf: (id: string) => docker('inspect', '--format', '{{.Name}}', id).trim().slice(1),
    canaries: () => dockerCanaries({ root: '/clone', environment: 'test', stack: () => name }),
    begin: (revision: string) =>
      canaryBegin.create(
        { ...place, revision, balancer: labels('balancer'), replicas: labels('replica') },
        step(),
      ),
    tryOut: (
      containers: string[],
      { progress, seconds = 2 }: { progress?: Step['progress']; seconds?: number } = {},
    ) =>
      canary.create(
        {
          ...{ ...place, containers, canary: plan(seconds) },
          ...{ balancer: labels('balancer'), replicas: labels('replica') },
        },
        step(progress),
      ),
  };
}

async function versionOf(url: string): Promise<string> {
  const { version } = (await (await fetch(url)).json()) as {
    version: string;
  };
  return version;
}

/** Returns the addresses of the replicas that are ready, as a balancer has logged it since its start. */
function readyOnes({ Id, State }: Inspected): Set<string> {
  const ready = new Set<string>();
  for (const line of docker('logs', '--since', State.StartedAt, Id).split('\n').filter(Boolean)) {
    const { msg, host = '' } = JSON.parse(line) as { msg: string; host?: string };
    if (msg === 'replica is ready') ready.add(host);
    if (msg === 'replica is not ready') ready.delete(host);
  }
  return ready;
}

function addressOf({ NetworkSettings }: Inspected): string {
  const [network] = Object.values(NetworkSettings.Networks);
  return network?.IPAddress ?? '';
}
