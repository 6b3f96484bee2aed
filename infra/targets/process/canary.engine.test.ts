import assert from 'node:assert/strict';
import { killUp } from '../../../tests/live/processes.ts';
import { freePort } from '../../../tests/servers.ts';
import { unless } from '../../../tools/testing/unless.ts';
import { writeCanary } from '../../canary/testing/service.ts';
import { startTraffic } from '../../canary/testing/traffic.ts';
import type { StatusDocument } from '../../delivery/status/document.ts';
import { servicePaths } from '../../supervisor/paths.ts';
import { statusWhere } from '../../supervisor/testing.ts';
import { createSystem, environment, fail, lacksEngine, succeed } from '../testing/system.ts';
import { loopbackAddress } from './address.ts';

unless(await lacksEngine()).test(
  'a bad canary goes back, a good one goes through, and the update after a killed one goes back first',
  async (t) => {
    const system = await createSystem('process');
    t.onTestFinished(() => system.close());
    const port = await freePort();
    const deploy = writeCanary(system, 'canary', port);
    deploy({ VERSION: '1' });
    await succeed(system.railhead('up'));
    const stop = startTraffic(`http://${loopbackAddress(system.root, environment)}:${port}/`, 10);

    deploy({ VERSION: '2', BROKEN: '1' });
    await fail(system.railhead('up'), /its canary failed at 20 %: \d/);
    const { workload } = servicePaths({ root: system.root, environment, name: 'api' });
    await statusWhere(workload, ({ replicas }) => replicas.length === 2, 'the canary has ended');

    deploy({ VERSION: '3' });
    const killed = system.railhead('up');
    await statusWhere(workload, ({ canary }) => canary?.weight === 20, 'the canary has its first weight');
    killUp(system.root);
    assert.notEqual((await killed).code, 0);
    const { canary } = await statusWhere(workload, ({ canary }) => canary !== undefined, 'the weight stays');
    assert.equal(canary?.weight, 20);
    const status = await fail(system.railhead('status'));
    assert.match(status, /^The canary of api is held: 20 % of the requests, step 1 of 2, since /m);
    const { canaries } = JSON.parse(await fail(system.railhead('status', '--json'))) as StatusDocument;
    const replicas = canaries.map(({ newVersion, oldVersion }) => [newVersion.replicas, oldVersion.replicas]);
    assert.deepEqual(replicas, [
      [
        ['api-3', 'api-4'],
        ['api-1', 'api-2'],
      ],
    ]);

    const { output } = await succeed(system.railhead('up'));
    assert.match(output, /canary at 20 %, [^]*canary at 50 %, /);
    const seen = await stop();
    assert.deepEqual([seen.failedOf('1'), seen.failedOf('3')], [0, 0]);
    assert.equal(seen.failed, seen.failedOf('2'));
    assert.ok(seen.of('3') > 0);
  },
);
