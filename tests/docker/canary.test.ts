import assert from 'node:assert/strict';
import { writeCanary } from '../../infra/canary/testing/service.ts';
import { startTraffic } from '../../infra/canary/testing/traffic.ts';
import type { StatusDocument } from '../../infra/delivery/status/document.ts';
import { containersOf, docker } from '../../infra/targets/docker/testing/daemon.ts';
import { succeed } from '../../infra/targets/testing/system.ts';
import { eventually } from '../../tools/testing/eventually.ts';
import { unless } from '../../tools/testing/unless.ts';
import { killUp } from '../live/processes.ts';
import { deployedSystem, lack } from './deployed.ts';

const port = 8080;

unless(lack).test(
  'a canary whose up was killed keeps its share when its balancer restarts, until the next up',
  async (t) => {
    const stack = `held-${process.pid}`;
    const { labels, open, close } = deployedSystem(stack);
    const system = await open();
    t.onTestFinished(() => close(system));
    const deploy = writeCanary(system, stack, port, 10);
    deploy({ VERSION: '1' });
    await succeed(system.railhead('up'));
    await succeed(system.pulumi('preview', '--refresh', '--expect-no-changes'));

    const balancer = () => containersOf({ ...labels, role: 'balancer' })[0]!;
    const url = () => {
      const [network] = Object.values(balancer().NetworkSettings.Networks);
      return `http://${network?.IPAddress}:${port}/`;
    };
    const canaries = async () => {
      const { output } = await succeed(system.railhead('status', '--json'));
      return (JSON.parse(output) as StatusDocument).canaries;
    };
    const before = startTraffic(url(), 20);
    deploy({ VERSION: '2' });
    const killed = system.railhead('up');
    await eventually(async () => (await canaries())[0]?.weight === 20, 300_000);
    killUp(system.root);
    assert.notEqual((await killed).code, 0);
    const seenBefore = await before();

    const { Id } = balancer();
    docker('kill', Id);
    docker('start', Id);
    await eventually(async () => (await fetch(url())).ok);
    const [held] = await canaries();
    assert.equal(held?.service, 'api');
    assert.ok((held?.weight ?? 0) > 0, 'the weight stays');
    await eventually(async () => (await canaries())[0]?.held !== undefined);

    const after = startTraffic(url(), 20);
    const { output } = await succeed(system.railhead('up'));
    assert.match(output, /canary at 20 %, [^]*canary at 50 %, /);
    assert.deepEqual(await canaries(), []);
    const seen = await after();
    console.log(
      `${seenBefore.all} requests, ${seenBefore.failed} failed; after the restart ${seen.all}, ${seen.failed} failed`,
    );
    assert.deepEqual([seenBefore.failed, seen.failed], [0, 0]);
    assert.ok(seen.of('2') > 0);
  },
);
