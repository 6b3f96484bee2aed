import assert from 'node:assert/strict';
import { afterAll, beforeAll, test } from 'vitest';
import { startTraffic } from '../../infra/canary/testing/traffic.ts';
import type { StatusDocument } from '../../infra/delivery/status/document.ts';
import { lacksDaemon } from '../../infra/targets/docker/testing/daemon.ts';
import { lacksEngine, succeed } from '../../infra/targets/testing/system.ts';
import { eventually } from '../../tools/testing/eventually.ts';
import { lacksPlugin, linkPlugin } from '../../tools/testing/plugins.ts';
import { unless } from '../../tools/testing/unless.ts';
import { killUp } from '../live/processes.ts';
import { announceArgo, lacksArgo, startArgo } from './argo.ts';
import { canaryImage, canaryRollout, canaryService, countVersion, type CanaryPod } from './canary-service.ts';
import { lacksCluster, livePods, loadImages } from './cluster.ts';
import { admitThisMachine, urlOfService } from './inside.ts';
import { createClusterSystem, patience, type ClusterSystem } from './system.ts';

const lack =
  (await lacksEngine()) ??
  lacksPlugin('kubernetes') ??
  (await lacksCluster()) ??
  (await lacksArgo()) ??
  lacksDaemon();

/** Tests `up` that is killed while Argo Rollouts judges a canary. The tests depend on their order. */
unless(lack).describe('a killed up of a canary on Kubernetes', () => {
  let cluster: ClusterSystem;
  let stopArgo = () => Promise.resolve();
  let hideArgo = () => Promise.resolve();
  let stopTraffic: ReturnType<typeof startTraffic> | undefined;

  function write(version: string): void {
    const api = canaryService({ VERSION: version }, { rollout: canaryRollout(20) });
    cluster.system.write('stacks/test.yaml', {
      ...{ name: 'killed', policy: { stage: 'development' }, services: { api } },
    });
  }

  async function podsOf(version: string): Promise<number> {
    const selector = '--selector=app.kubernetes.io/name=api,app.kubernetes.io/component=service';
    return countVersion(await livePods<CanaryPod>(cluster.inNamespace, selector), version);
  }

  async function canaries() {
    const { output } = await cluster.system.railhead('status', '--json');
    return (JSON.parse(output) as StatusDocument).canaries;
  }

  /** Kills `up` with the engine and its plugins while the first step of the canary is judged. */
  async function killDuringCanary(version: string): Promise<void> {
    write(version);
    const killed = cluster.system.railhead('up');
    await eventually(async () => (await canaries())[0]?.step === 1, patience * 1000);
    killUp(cluster.system.root);
    assert.notEqual((await killed).code, 0);
    const [canary] = await canaries();
    assert.deepEqual(
      [canary?.service, canary?.weight, canary?.step, canary?.steps],
      ['api', 25, 1, [25, 50]],
    );
    assert.equal(canary?.held, undefined, 'Argo Rollouts goes on');
    assert.ok((canary?.newVersion.replicas.length ?? 0) >= 1);
  }

  beforeAll(async () => {
    await loadImages([canaryImage]);
    cluster = await createClusterSystem('killed');
    linkPlugin(cluster.system.root, 'kubernetes');
    write('1');
    await cluster.loadImages();
    stopArgo = await startArgo(cluster.namespace);
    hideArgo = await announceArgo(cluster.namespace, canaryImage);
    await succeed(cluster.system.railhead('up'));
    await admitThisMachine(cluster.namespace);
    const url = await urlOfService(cluster.namespace, 'api', 3001);
    await eventually(async () => (await fetch(url)).ok, patience * 1000);
    stopTraffic = startTraffic(url, 25);
  });
  afterAll(async () => {
    await stopTraffic?.();
    await cluster.close();
    await stopArgo();
    await hideArgo();
  });

  test('the next up of the same version waits for the canary that goes on', async () => {
    await killDuringCanary('2');
    const { output } = await succeed(cluster.system.railhead('up'));
    assert.match(output, /canary: 25 %: \d+ requests, 0 % errors, [^]*50 %: \d+ requests, 0 % errors/);
    assert.deepEqual([await podsOf('2'), await podsOf('1')], [4, 0]);
    assert.deepEqual(await canaries(), []);
  });

  test('the next up of another version replaces the canary, which gets no further', async () => {
    await killDuringCanary('3');
    write('4');
    const { output } = await succeed(cluster.system.railhead('up'));
    assert.match(output, /canary: 25 %: \d+ requests, 0 % errors, [^]*50 %: \d+ requests, 0 % errors/);
    assert.deepEqual([await podsOf('4'), await podsOf('3'), await podsOf('2')], [4, 0, 0]);
    const seen = await stopTraffic?.();
    assert.ok(seen);
    console.log(`${seen.all} requests, ${seen.failed} failed`);
    assert.equal(seen.failed, 0);
    for (const version of ['1', '2', '3', '4']) assert.ok(seen.of(version) > 0, version);
  });
});
