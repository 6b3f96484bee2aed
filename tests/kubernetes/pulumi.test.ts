import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, test } from 'vitest';
import { lacksDaemon } from '../../infra/targets/docker/testing/daemon.ts';
import { lacksEngine, succeed } from '../../infra/targets/testing/system.ts';
import { eventually } from '../../tools/testing/eventually.ts';
import { lacksPlugin, linkPlugin } from '../../tools/testing/plugins.ts';
import { rolledOut } from './apply.ts';
import { getObjects, lacksCluster } from './cluster.ts';
import { readyPods } from './pods.ts';
import { createRota, type ClusterRota } from './rota.ts';
import { patience } from './system.ts';
import { unless } from '../../tools/testing/unless.ts';

const lack = (await lacksEngine()) ?? lacksPlugin('kubernetes') ?? (await lacksCluster()) ?? lacksDaemon();

/** Tests the reference system with `pulumi up` and the official provider. The tests depend on their order. */
unless(lack).describe('rota on the target kubernetes by pulumi up', () => {
  let rota: ClusterRota;
  const run = (...args: string[]) => succeed(rota.system.pulumi(...args));
  const up = () => run('up', '--yes', '--skip-preview');

  beforeAll(async () => {
    rota = await createRota();
    linkPlugin(rota.system.root, 'kubernetes');
  });
  afterAll(() => rota.close());

  test('up creates it, and a second preview finds no changes', async () => {
    await rota.loadImages();
    await up();
    const url = await rota.url();
    await eventually(async () => (await fetch(`${url}/api/v1/shifts`)).ok, patience * 1000);
    // The scaler increases api from one pod to its minimum only after the Deployment is created.
    await eventually(async () => (await readyPods(rota, 'api')).length >= 2, patience * 1000);
    await rolledOut(rota, 'deployment/api');
    await run('preview', '--refresh', '--expect-no-changes');
  });

  test('for a changed service one image is built and one Deployment rolls out, after its preDeploy', async () => {
    const [images, before_] = [await rota.loadImages(), await generations(rota)];
    appendFileSync(join(rota.system.root, 'services/api/main.ts'), `\nconsole.log('another version');\n`);
    const built = (await rota.loadImages()).filter((image) => !images.includes(image));
    assert.deepEqual(
      built.map((image) => image.replace(/:.*/, '')),
      ['rota/api'],
    );
    const { output, changed } = await up();
    assert.deepEqual(changed, ['api', 'api-predeploy']);
    assert.deepEqual(changedKinds(output), ['apps/v1:Deployment', 'batch/v1:Job']);
    assert.deepEqual({ ...(await generations(rota)), api: 0 }, { ...before_, api: 0 });
  });

  test('down deletes everything but the data', async () => {
    await run('destroy', '--yes', '--skip-preview', '--exclude-protected');
    const left = await getObjects<{ kind: string }>('all,persistentvolumeclaims', rota.inNamespace);
    assert.deepEqual([...new Set(left.map(({ kind }) => kind))], ['PersistentVolumeClaim']);
  });
});

/** Returns the generation of each Deployment and StatefulSet. */
async function generations({ inNamespace }: ClusterRota): Promise<Record<string, number>> {
  const found = await getObjects<{ metadata: { name: string; generation: number } }>(
    'deployments,statefulsets',
    inNamespace,
  );
  return Object.fromEntries(found.map(({ metadata }) => [metadata.name, metadata.generation]));
}

/** Returns the changed kinds from lines such as ` ~  kubernetes:apps/v1:Deployment api updated (12s)`. */
function changedKinds(output: string): string[] {
  const matches = output.matchAll(/ kubernetes:(\S+) \S+ (?:created|updated|replaced)\b/g);
  return [...new Set([...matches].map(([, kind = '']) => kind))].toSorted();
}
