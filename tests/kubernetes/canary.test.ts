import assert from 'node:assert/strict';
import { afterAll, beforeAll, test } from 'vitest';
import { startTraffic } from '../../infra/canary/testing/traffic.ts';
import { lacksDaemon } from '../../infra/targets/docker/testing/daemon.ts';
import { rollout } from '../../infra/targets/kubernetes/kinds/rollout.ts';
import { lacksEngine } from '../../infra/targets/testing/system.ts';
import { eventually } from '../../tools/testing/eventually.ts';
import { unless } from '../../tools/testing/unless.ts';
import { apply, rolledOut } from './apply.ts';
import { lacksArgo, startArgo } from './argo.ts';
import { canaryImage, canaryRollout, canaryService, countVersion, type CanaryPod } from './canary-service.ts';
import { kubectl, lacksCluster, livePods, loadImages } from './cluster.ts';
import { urlOfService } from './inside.ts';
import { createClusterSystem, patience, type ClusterSystem } from './system.ts';

const lack = (await lacksEngine()) ?? (await lacksCluster()) ?? (await lacksArgo()) ?? lacksDaemon();

/** Tests canaries on a cluster with Argo Rollouts, with the resource that `up` waits with. The tests depend on their order. */
unless(lack).describe('a canary on Kubernetes', () => {
  let cluster: ClusterSystem;
  let stopArgo = () => Promise.resolve();
  let stopTraffic: ReturnType<typeof startTraffic> | undefined;

  /** Renders and applies a version. */
  async function deploy(
    version: string,
    variables: object = {},
    fields: object = { rollout: canaryRollout(10) },
  ) {
    const api = canaryService({ VERSION: version, ...variables }, fields);
    const gateway = { port: 8080, routes: [{ path: '/*', to: 'api' }] };
    cluster.system.write('stacks/test.yaml', {
      ...{ name: 'canary', policy: { stage: 'development' }, services: { api }, gateway },
    });
    await cluster.loadImages();
    await apply(`--filename=${await cluster.render()}`);
  }

  /** Waits as `up` does. Returns the last line of progress. */
  async function finish(): Promise<string> {
    const { system, environment, namespace } = cluster;
    let last = '';
    const signal = AbortSignal.timeout(patience * 1000);
    await rollout.create(
      {
        ...{ root: system.root, environment, name: 'api', namespace, kind: 'Rollout', workload: 'api' },
        ...{ revision: '1', timeout: patience },
      },
      { signal, progress: (line) => (last = line) },
    );
    return last;
  }

  /** Returns how many pods of a version run. */
  async function podsOf(version: string): Promise<number> {
    const pods = await livePods<CanaryPod>(cluster.inNamespace, '--selector=app.kubernetes.io/name=api');
    return countVersion(pods, version);
  }

  beforeAll(async () => {
    await loadImages([canaryImage]);
    cluster = await createClusterSystem('canary');
    stopArgo = await startArgo(cluster.namespace);
  });
  afterAll(async () => {
    await stopTraffic?.();
    await cluster.close();
    await stopArgo();
  });

  test('a Deployment becomes a Rollout without a failed request', async () => {
    await deploy('0', {}, {});
    await rolledOut(cluster, 'deployment/api', 'deployment/gateway');
    const url = await urlOfService(cluster.namespace, 'gateway', 8080);
    await eventually(async () => (await fetch(url)).ok, patience * 1000);
    stopTraffic = startTraffic(url, 25);
    await deploy('1');
    await finish();
    // `up` deletes it last.
    await kubectl('delete', 'deployment', 'api', cluster.inNamespace);
    // The gateway keeps its connections to the old pods until they end.
    const answered = async () => ((await (await fetch(url)).json()) as { version: string }).version;
    await eventually(async () => (await podsOf('0')) === 0 && (await answered()) === '1', patience * 1000);
    const seen = await stopTraffic();
    assert.equal(seen.failed, 0);
    assert.ok(seen.of('1') > 0);
    stopTraffic = startTraffic(url, 25);
  });

  test('a bad version goes back by itself, again with the next update', async () => {
    await deploy('2', { BROKEN: '1' });
    const failure =
      /^api did not get ready: its canary failed at 25 %: [\d.]+ % errors, and the limit is <5 % \(/;
    const told = (error: Error) => {
      assert.match(error.message, failure);
      assert.match(error.message, /\nThe replicas of the previous deployment still serve\.\n/);
      return true;
    };
    await assert.rejects(finish(), told);
    await eventually(async () => (await podsOf('2')) === 0 && (await podsOf('1')) === 4, patience * 1000);
    await assert.rejects(finish(), told);
  });

  test('a good version goes through each step, and no client of another version saw a failure', async () => {
    await deploy('3');
    assert.match(
      await finish(),
      /^canary: 25 %: \d+ requests, 0 % errors, p99 \d+ ms; 50 %: \d+ requests, 0 % errors/,
    );
    assert.equal(await podsOf('3'), 4);
    const seen = await stopTraffic?.();
    assert.ok(seen);
    console.log(`${seen.all} requests, ${seen.failed} failed, all of them on the bad version`);
    assert.equal(seen.failed, seen.failedOf('2'));
    assert.ok(seen.failed > 0 && seen.of('3') > 0);
  });

  test('the files of the version before are put back without a canary', async () => {
    await deploy('2', { BROKEN: '1' });
    await deploy('3');
    await finish();
    assert.equal(await podsOf('3'), 4);
  });
});
