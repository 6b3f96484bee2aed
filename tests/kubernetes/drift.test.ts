import assert from 'node:assert/strict';
import { afterAll, beforeAll, test } from 'vitest';
import { driftDocumentSchema } from '../../infra/delivery/drift/document.ts';
import { succeed, type TestSystem } from '../../infra/targets/testing/system.ts';
import { unless } from '../../tools/testing/unless.ts';
import { kubectl } from './cluster.ts';
import { deployedSystem, image, lack, server } from './deployed.ts';

const { stack, namespace, inNamespace, open, close } = deployedSystem('drifting');

unless(lack).describe('drift on Kubernetes', () => {
  let system: TestSystem;
  beforeAll(async () => {
    system = await open();
    const service = (port: number, variables: object) => ({
      ...{ image, start: `node -e '${server}'`, port, variables },
      health: { path: '/', timeout: '60s' },
    });
    const services = { api: { ...service(3001, { LEVEL: 'info' }), replicas: 2 }, web: service(3002, {}) };
    system.write('stacks/test.yaml', { name: stack, policy: { stage: 'development' }, services });
    await succeed(system.railhead('up'));
  });
  afterAll(() => close(system));

  const look = async () => {
    const { code, output } = await system.railhead('drift', '--json');
    const { findings } = driftDocumentSchema.parse(JSON.parse(output));
    return {
      code,
      said: findings.map(({ sentence }) => sentence.replace(/(changed|created) by .*$/, '$1 by …')),
    };
  };
  const foreign = `ConfigMap notes in namespace ${namespace}: Railhead did not create it, created by …`;

  test('is named in words, changes nothing, and --mend takes back all but what is foreign', async () => {
    assert.deepEqual(await look(), { code: 0, said: [] });
    await kubectl('scale', 'deployment/api', '--replicas=3', inNamespace);
    await kubectl('set', 'env', 'deployment/api', 'LEVEL=debug', inNamespace);
    await kubectl('set', 'resources', 'deployment/web', '--limits=memory=300Mi', inNamespace);
    await kubectl('delete', 'service', 'web', inNamespace);
    await kubectl('create', 'configmap', 'notes', '--from-literal=a=b', inNamespace);
    const state = system.state();
    assert.deepEqual(await look(), {
      code: 2,
      said: [
        'replicas of api: 2 deployed, 3 on the cluster, changed by …',
        'variable LEVEL of api: info deployed, debug on the cluster, changed by …',
        'limits.memory of web: 512Mi deployed, 300Mi on the cluster, changed by …',
        'Service web: deleted',
        foreign,
      ],
    });
    assert.equal(system.state(), state);
    const mended = await system.railhead('drift', '--mend');
    assert.equal(mended.code, 2, mended.output);
    assert.deepEqual(await look(), { code: 2, said: [foreign] });
    await kubectl('delete', 'configmap', 'notes', inNamespace);
    assert.deepEqual(await look(), { code: 0, said: [] });
  });
});
