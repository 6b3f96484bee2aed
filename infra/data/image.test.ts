import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import type { TestContext } from 'vitest';
import { getObjects, loadImages, shell } from '../../tests/kubernetes/cluster.ts';
import { deployedSystem as dockerSystem, lack as lacksDocker } from '../../tests/docker/deployed.ts';
import { deployedSystem as clusterSystem, lack as lacksCluster } from '../../tests/kubernetes/deployed.ts';
import { containersOf } from '../targets/docker/testing/daemon.ts';
import { succeed, type TestSystem } from '../targets/testing/system.ts';
import { unless } from '../../tools/testing/unless.ts';
import { docker, localImage } from './testing/docker.ts';

const official = localImage('postgres:17', 'postgres:15');
const version = official.image.split(':')[1];
const own = `railhead-test/pgvector:pg${version}`;
const stack = `image${randomBytes(3).toString('hex')}`;

interface Deployed {
  open: () => Promise<TestSystem>;
  close: (system: TestSystem) => Promise<void>;
  /** Returns the image that the server runs. */
  image: () => Promise<unknown>;
  /** The command that runs the rest of a command line in the server's container. */
  inServer: string;
}

/** Replaces the image of a server with another one and back, and checks that the data stay. */
async function changesImage(t: TestContext, { open, close, image, inServer }: Deployed): Promise<void> {
  docker('tag', official.image, own);
  const system = await open();
  t.onTestFinished(() => close(system));
  const query = (sql: string) => shell(`${inServer} psql -Atc "${sql}" ${stack}`, system.root);
  const up = async (fields: object) => {
    const services = { db: { type: 'postgres', version, ...fields } };
    system.write('stacks/test.yaml', { name: stack, services });
    await succeed(system.up());
  };
  await up({});
  await query("CREATE TABLE shifts AS SELECT 'Ada' AS who");
  for (const fields of [{ image: own }, {}]) {
    await up(fields);
    assert.equal(await image(), fields.image ?? official.image);
    assert.equal((await query('SELECT who FROM shifts')).trim(), 'Ada');
  }
  await succeed(system.pulumi('preview', '--expect-no-changes'));
}

unless(official.lack ?? lacksDocker).test('another image of a data service keeps its data on Docker', (t) => {
  const { labels, open, close } = dockerSystem(stack);
  const image = () => Promise.resolve(containersOf(labels)[0]?.Config.Image);
  const inServer = `docker exec $(docker ps --quiet --filter label=railhead.stack=${stack})`;
  return changesImage(t, { open, close, image, inServer });
});

unless(official.lack ?? lacksCluster).test(
  'another image of a data service keeps its data on Kubernetes',
  (t) => {
    const { inNamespace, open, close } = clusterSystem(stack);
    const image = async () => {
      const [set] = await getObjects<{ spec: { template: { spec: { containers: { image: string }[] } } } }>(
        'statefulsets',
        inNamespace,
      );
      return set?.spec.template.spec.containers[0]?.image;
    };
    const loaded = async () => {
      await loadImages([official.image, own]);
      return open();
    };
    return changesImage(t, { open: loaded, close, image, inServer: `kubectl exec ${inNamespace} db-0 --` });
  },
);
