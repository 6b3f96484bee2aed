import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, test } from 'vitest';
import { packageRoot } from '../../infra/common/roots.ts';
import { succeed, type TestSystem } from '../../infra/targets/testing/system.ts';
import { unless } from '../../tools/testing/unless.ts';
import { kubectl, livePods } from './cluster.ts';
import { deployedSystem, image, lack, server } from './deployed.ts';

const { stack, inNamespace, open, close } = deployedSystem('examples');

interface Pod {
  metadata: { annotations?: Record<string, string> };
  spec: { imagePullSecrets?: { name: string }[] };
}

const podsOf = (name: string) => livePods<Pod>(inNamespace, `--selector=app.kubernetes.io/name=${name}`);

unless(lack).describe('the examples of infra/examples on Kubernetes', () => {
  let system: TestSystem;
  const run = async (example: string) => {
    cpSync(join(packageRoot, 'infra/examples', example), join(system.root, 'infra/index.ts'));
    await succeed(system.railhead('up'));
  };

  beforeAll(async () => {
    system = await open();
    const service = (port: number) => ({ image, start: `node -e '${server}'`, port, health: { path: '/' } });
    const services = { web: service(3001), jobs: service(3002) };
    system.write('stacks/test.yaml', { name: stack, policy: { stage: 'development' }, services });
  });
  afterAll(() => close(system));

  test('pod-annotation: only the pods of web have the annotation', async () => {
    await run('pod-annotation.ts');
    const teams = async (name: string) =>
      (await podsOf(name)).map(({ metadata }) => metadata.annotations?.['example.com/team']);
    assert.deepEqual([await teams('web'), await teams('jobs')], [['shop'], [undefined]]);
  });

  test('image-pull-secret: the pods of every service pull with the Secret that config names', async () => {
    await kubectl(
      ...['create', 'secret', 'docker-registry', 'team-registry', inNamespace],
      ...['--docker-server=registry.example.com', '--docker-username=team', '--docker-password=none'],
    );
    await succeed(system.pulumi('config', 'set', 'shop:pullSecret', 'team-registry'));
    await run('image-pull-secret.ts');
    // The account changes, not the pods: new ones get it.
    await kubectl('rollout', 'restart', 'deployment', inNamespace);
    await kubectl('rollout', 'status', 'deployment', inNamespace, '--timeout=120s');
    for (const name of ['web', 'jobs'])
      assert.deepEqual(
        (await podsOf(name)).map(({ spec }) => spec.imagePullSecrets),
        [[{ name: 'team-registry' }]],
      );
  });
});
