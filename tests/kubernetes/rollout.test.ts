import assert from 'node:assert/strict';
import { afterAll, beforeAll, test } from 'vitest';
import { fail, succeed, type TestSystem } from '../../infra/targets/testing/system.ts';
import { getObjects, kubectl, livePods } from './cluster.ts';
import { deployedSystem, image, lack, server } from './deployed.ts';
import { unless } from '../../tools/testing/unless.ts';

const { stack, inNamespace, open, close } = deployedSystem('rollout');
const ofPreDeploy = 'app.kubernetes.io/component=predeploy';
const health = { path: '/', timeout: '60s' };
/** Seconds after which the rollouts of this test reach their deadline. A known cause must end them earlier. */
const deadline = 95;

/** A service of an image that needs no build; `script` is what it runs. */
function service(port: number, script: string, fields: object = {}) {
  return { image, start: `node -e '${script}'`, port, health, replicas: 2, ...fields };
}

interface Named {
  metadata: { name: string };
}

interface Pod {
  spec: { containers: { env: { name: string; value?: string }[] }[] };
}

/** Returns the variable VERSION of each pod that is not being deleted. */
async function versions(): Promise<(string | undefined)[]> {
  const pods = await livePods<Pod>(inNamespace, '--selector=app.kubernetes.io/name=api');
  return pods.map(({ spec }) => spec.containers[0]?.env.find(({ name }) => name === 'VERSION')?.value);
}

unless(lack).describe('a rollout on Kubernetes that cannot succeed', () => {
  let system: TestSystem;
  const write = (services: object) => system.write('stacks/test.yaml', { name: stack, services });

  beforeAll(async () => {
    system = await open();
  });
  afterAll(() => close(system));

  test('is told as soon as its cause is known, each cause in its own words, and once', async () => {
    write({
      crash: service(3001, 'console.error("no such table"); process.exit(3)'),
      pull: { ...service(3002, ''), image: 'images.invalid/acme/api:1' },
      place: service(3003, server, { resources: { cpu: 500 } }),
    });
    const begun = Date.now();
    const output = await fail(system.up());
    const took = (Date.now() - begun) / 1000;
    assert.ok(took < deadline, `${took} s`);
    const expected = [
      /crash did not get ready: pod crash-\S+ ended 3 times, the last time with exit code 3\./,
      /Next: kubectl logs crash-\S+ --previous -n rollout-test/,
      /pull did not get ready: pod pull-\S+ cannot pull its image: .*images\.invalid/,
      /Next: kubectl describe pod pull-\S+ -n rollout-test/,
      /place did not get ready: no node takes pod place-\S+: .*Insufficient cpu/,
    ];
    for (const text of expected) assert.match(output, text);
    assert.equal(output.match(/no such table/g)?.length, 1, output);
  });

  test('leaves the version before, and files that are put back are waited for', async () => {
    write({ api: service(3001, server) });
    await succeed(system.up());
    write({ api: service(3001, 'process.exit(4)') });
    for (const flags of [[], [], ['--refresh']]) {
      const run = flags.join();
      const output = await fail(system.up(...flags));
      assert.match(output, /ended 3 times, the last time with exit code 4\./, run);
      assert.match(output, /\n\s+The replicas of the previous deployment still serve\.\n/, run);
    }
    write({ api: service(3001, server) });
    const { output } = await succeed(system.up());
    assert.match(output, /railhead:kubernetes:Rollout api created/);
    await succeed(system.pulumi('preview', '--refresh', '--expect-no-changes'));
  });

  test('a way back that follows a killed up is waited for', async () => {
    const version = (name: string) => ({ api: service(3001, server, { variables: { VERSION: name } }) });
    write(version('a'));
    await succeed(system.up());
    write(version('b'));
    // A killed run leaves the same: the Deployment has changed, and the record of its rollout has not.
    await succeed(system.up('--target=**:RolloutBegin::api', '--target=**:Deployment::api'));
    await kubectl('rollout', 'status', 'deployment/api', inNamespace);
    write(version('a'));
    const { output } = await succeed(system.up());
    assert.deepEqual(await versions(), ['a', 'a']);
    assert.match(output, /railhead:kubernetes:Rollout api updated/);
    await succeed(system.pulumi('preview', '--refresh', '--expect-no-changes'));
  });

  test('says what a preDeploy printed, and the next up runs it again', async () => {
    const change = 'try { fs.mkdirSync("/srv/a") } catch (error) { console.error(error.message) }';
    const preDeploy = `node -e 'console.error("no such column"); ${change} process.exit(5)'`;
    write({ api: service(3001, server, { preDeploy }) });
    const runs = new Set<string>();
    for (const flags of [[], [], ['--refresh']]) {
      const run = flags.join();
      const output = await fail(system.up(...flags));
      assert.match(output, /preDeploy of api failed: pod api-predeploy-\S+ ended with exit code 5\./, run);
      assert.match(output, /Hint: the root file system is read-only; list the folder under `tmpfs`/, run);
      assert.match(output, /Last lines of its output:\n\s+no such column\n/, run);
      assert.match(output, /Next: kubectl logs api-predeploy-\S+ -n rollout-test/, run);
      for (const { metadata } of await getObjects<Named>('pods', inNamespace, `--selector=${ofPreDeploy}`)) {
        runs.add(metadata.name);
      }
    }
    assert.equal(runs.size, 3);
  });

  test('names the quota that refuses its pods', async () => {
    await kubectl('create', 'quota', 'few', '--hard=pods=2', inNamespace);
    write({ api: service(3001, server), other: service(3002, server) });
    const output = await fail(system.up());
    assert.match(output, /other did not get ready: the cluster refuses its pods: .*exceeded quota: few/);
    assert.match(output, /Next: kubectl describe resourcequota -n rollout-test/);
    await kubectl('delete', 'quota', 'few', inNamespace);
    await succeed(system.up());
  });
});
