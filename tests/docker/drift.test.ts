import assert from 'node:assert/strict';
import { afterAll, beforeAll, test } from 'vitest';
import { driftDocumentSchema } from '../../infra/delivery/drift/document.ts';
import { docker } from '../../infra/targets/docker/testing/daemon.ts';
import { succeed, type TestSystem } from '../../infra/targets/testing/system.ts';
import { unless } from '../../tools/testing/unless.ts';
import { deployedSystem, lack } from './deployed.ts';

const { labels, open, close } = deployedSystem('drifting');
const image = 'node:24-slim';
const stranger = 'drifting-test-stranger';

unless(lack).describe('drift on Docker', () => {
  let system: TestSystem;
  beforeAll(async () => {
    system = await open();
    const start = 'node -e "setInterval(() => {}, 1000)"';
    const service = { image, start, egress: [{ to: 'internet' }] };
    const services = { api: { ...service, replicas: 2 }, web: service };
    system.write('stacks/test.yaml', { name: labels.stack, policy: { stage: 'development' }, services });
    await succeed(system.railhead('up'));
  });
  afterAll(async () => {
    docker('rm', '--force', stranger);
    await close(system);
  });

  const look = async () => {
    const { code, output } = await system.railhead('drift', '--json');
    const { findings } = driftDocumentSchema.parse(JSON.parse(output));
    return {
      code,
      said: findings.map(({ sentence }) => sentence.replace(/(created|stopped) \d+ .*$/, '$1 …')),
    };
  };
  const containerOf = (name: string) =>
    docker('ps', '--quiet', '--filter', `name=drifting-test-${name}`).trim();

  test('is named in words, changes nothing, and --mend takes back all but what is foreign', async () => {
    assert.deepEqual(await look(), { code: 0, said: [] });
    const network = 'drifting-test.api.outside';
    const edited = containerOf('api-2');
    docker('rm', '--force', containerOf('api-1'));
    docker('update', '--memory=256m', '--memory-swap=256m', '--pids-limit=100', edited);
    docker('network', 'disconnect', network, edited);
    docker('stop', '--timeout=1', containerOf('web-1'));
    docker(
      'run',
      '--detach',
      '--name',
      stranger,
      '--network',
      'drifting-test.web.outside',
      image,
      'sleep',
      '10000',
    );
    const state = system.state();
    const foreign = `Container ${stranger}: Railhead did not create it, it is in drifting-test.web.outside, created …`;
    assert.deepEqual(await look(), {
      code: 2,
      said: [
        'Container drifting-test-api-1: deleted',
        `Container drifting-test-api-2: it was disconnected from the network ${network}`,
        'memory of Container drifting-test-api-2: 512 MiB deployed, 256 MiB in Docker',
        'process limit of Container drifting-test-api-2: 512 deployed, 100 in Docker',
        'Container drifting-test-web-1: stopped, it ended with exit code 137, stopped …',
        foreign,
      ],
    });
    assert.equal(system.state(), state);
    const mended = await system.railhead('drift', '--mend');
    assert.equal(mended.code, 2, mended.output);
    assert.deepEqual(await look(), { code: 2, said: [foreign] });
    docker('rm', '--force', stranger);
    assert.deepEqual(await look(), { code: 0, said: [] });
  });
});
