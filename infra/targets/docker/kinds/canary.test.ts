import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { TestContext } from 'vitest';
import { eventually } from '../../../../tools/testing/eventually.ts';
import { unless } from '../../../../tools/testing/unless.ts';
import { canaryProgram } from '../../../canary/testing/service.ts';
import { startTraffic } from '../../../canary/testing/traffic.ts';
import { packageRoot } from '../../../common/roots.ts';
import type { Step } from '../../../provider/kind.ts';
import { balancerEnvironment } from '../balancer/environment.ts';
import { containersOf, docker, lacksDaemon, removeLeftovers } from '../testing/daemon.ts';
import { canaryBegin } from './canary-begin.ts';
import { canary } from './canary.ts';
import { orderBalancer } from './orders.ts';

const base = 'node:24-slim';
const plan = { steps: [20, 50], analysis: { errors: 5, for: 2, minRequests: 5 } };
const port = 8080;
const lack =
  lacksDaemon() ?? (docker('images', '--quiet', base) === '' ? `the image ${base} is missing` : undefined);

unless(lack).test('a bad canary stops and a good one takes over, also after one that was left', async (t) => {
  const scene = setScene(t);
  scene.replicas('1');
  const balancer = scene.balancer();
  const url = `http://${addressOf(balancer)}:${port}/`;
  await eventually(async () => (await fetch(url)).ok);
  const stop = startTraffic(url, 10);

  await scene.begin('2');
  const bad = scene.replicas('2', { BROKEN: '1' });
  await assert.rejects(scene.tryOut(bad), /its canary failed at 20 %: .* errors, and the limit is <5 %/);
  assert.deepEqual(scene.running('2'), []);
  // An update of the same version starts the containers again; its hold is that of the canary that failed.
  const { length } = docker('logs', balancer);
  docker('start', ...bad);
  const isReady = (id: string) => `"msg":"replica is ready","host":"${addressOf(id)}"`;
  await eventually(() => bad.every((id) => docker('logs', balancer).slice(length).includes(isReady(id))));
  const served = await Promise.all(Array.from({ length: 20 }, () => versionOf(url)));
  assert.deepEqual(new Set(served), new Set(['1']));
  await assert.rejects(scene.tryOut(bad), /its canary failed at 20 %/);

  await scene.begin('3');
  const left = scene.replicas('3');
  const killed = (line: string) => {
    if (line.startsWith('canary at 20 %,')) throw new Error('killed');
  };
  await assert.rejects(scene.tryOut(left, killed), /killed/);
  const { split } = (await orderBalancer(balancer)) ?? {};
  assert.equal(split?.weight, 20, 'the weight stays');
  docker('stop', left[0]!);

  await scene.begin('4');
  assert.deepEqual(scene.running('3'), [], 'the canary that was left goes back first');
  const good = scene.replicas('4');
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

/** Creates a network with a balancer, and replicas by version. All of it is removed after the test. */
function setScene(t: TestContext) {
  const name = `canary-${process.pid}`;
  const own = { stack: name, environment: 'test' };
  const labels = (role: string) => ({
    'railhead.stack': name,
    'railhead.environment': 'test',
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
  return {
    balancer: () => {
      const environment = balancerEnvironment({
        port,
        replicas: 'replicas',
        health: { path: '/health', ready: '/health' },
      });
      const program = join(packageRoot, 'dist/programs/balancer/main.js');
      const mounts = ['--volume', `${program}:/balancer.js:ro`, '--tmpfs', '/tmp'];
      return run(...flags('balancer'), ...variables(environment), ...mounts, base, 'node', '/balancer.js');
    },
    replicas: (version: string, others: Record<string, string> = {}, name = 'replicas') =>
      [1, 2].map(() => {
        const environment = { HOST: '0.0.0.0', PORT: String(port), VERSION: version, ...others };
        const alias = ['--network-alias', name];
        const program = ['node', '--input-type=module', '-e', canaryProgram];
        return run(...flags('replica'), ...alias, ...variables(environment), base, ...program);
      }),
    running: (version: string) =>
      containersOf({ ...own, role: 'replica' })
        .filter(({ Config }) => Config.Env.includes(`VERSION=${version}`))
        .map(({ Id }) => Id),
    begin: (revision: string) =>
      canaryBegin.create(
        { ...place, revision, balancer: labels('balancer'), replicas: labels('replica') },
        step(),
      ),
    tryOut: (containers: string[], progress?: Step['progress']) =>
      canary.create(
        { ...place, containers, canary: plan, balancer: labels('balancer'), replicas: labels('replica') },
        step(progress),
      ),
  };
}

async function versionOf(url: string): Promise<string> {
  const { version } = (await (await fetch(url)).json()) as { version: string };
  return version;
}

function addressOf(container: string): string {
  return docker(
    'inspect',
    '--format',
    '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}',
    container,
  ).trim();
}
