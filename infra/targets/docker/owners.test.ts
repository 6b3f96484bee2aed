import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, test } from 'vitest';
import { lacksPlugin, linkPlugin } from '../../../tools/testing/plugins.ts';
import { createSystem, environment, fail, lacksEngine, succeed, type TestSystem } from '../testing/system.ts';
import { dockerData } from './data.ts';
import { containersOf, docker, lacksDaemon, removeLeftovers } from './testing/daemon.ts';
import { unless } from '../../../tools/testing/unless.ts';

const stack = `owners-${randomBytes(3).toString('hex')}`;
const volume = `${stack}-${environment}-store`;
const lack = (await lacksEngine()) ?? lacksPlugin('docker') ?? lacksDaemon();

unless(lack).describe('two projects do not share a name on one daemon', () => {
  let first: TestSystem;
  let second: TestSystem;
  const create = async () => {
    const system = await createSystem('docker');
    linkPlugin(system.root, 'docker');
    system.write('services/work/main.ts', 'setInterval(() => {}, 1000);');
    system.write('stacks/test.yaml', {
      name: stack,
      services: {
        store: { type: 'redis' },
        work: { source: 'services/work', variables: { STORE: '${{store.REDIS_URL}}' } },
      },
    });
    return system;
  };
  const refused = async (pattern: RegExp) => {
    const output = await fail(second.up(), pattern);
    // The refused run creates no resource and no record.
    assert.ok(!second.state().includes('railhead:generated'));
    return output;
  };
  const containers = () => containersOf({ stack, environment }).map(({ Id }) => Id);
  const ofFirst = () => new RegExp(`first deployed from [^ ]*:${first.root}#`);

  beforeAll(async () => {
    [first, second] = await Promise.all([create(), create()]);
    await succeed(first.up());
  });
  afterAll(async () => {
    await second.close();
    await first.close();
    removeLeftovers({ stack, environment });
  });

  test('the second project is refused, and the first is unchanged', async () => {
    const running = containers();
    const output = await refused(ofFirst());
    assert.deepEqual(containers(), running);
    assert.deepEqual((await succeed(first.up())).changed, []);

    const owner = /config set railhead:owner '([^']+)'/.exec(output)?.[1] ?? '';
    await succeed(second.pulumi('config', 'set', 'railhead:owner', owner));
    await succeed(second.pulumi('preview'));
    await succeed(second.pulumi('config', 'rm', 'owner'));
  });

  test('data that `down` has kept stay reserved for their project', async () => {
    await succeed(first.down());
    await refused(ofFirst());
    const owner = docker(
      'volume',
      'inspect',
      '--format',
      '{{index .Labels "railhead.owner"}}',
      volume,
    ).trim();
    const dataOf = (one: string | undefined) =>
      dockerData({
        root: second.root,
        environment,
        identity: () => Promise.resolve({ stack, owner: one }),
        resources: () => Promise.resolve([]),
      }).list();
    assert.deepEqual(await dataOf(undefined), []);
    assert.deepEqual(await dataOf(owner), [{ service: 'store', what: `volume ${volume}` }]);
    await succeed(first.up());
  });

  test('objects of an older version stay unchanged and belong to their project', async () => {
    await succeed(first.down());
    docker('volume', 'rm', volume);
    const labels = '{ [ownerLabel]: owner }';
    const programs = globSync('dist/*.js', { cwd: first.root }).map((file) => ({
      ...{ file, text: readFileSync(join(first.root, file), 'utf8') },
    }));
    const marking = programs.filter(({ text }) => text.includes(labels));
    assert.ok(marking.length > 0);
    for (const { file, text } of marking) first.write(file, text.replace(labels, '{}'));
    await succeed(first.up());
    for (const { file, text } of marking) first.write(file, text);
    const urn = 'urn:pulumi:test::railhead::railhead:generated:Identity::identity';
    await succeed(first.pulumi('state', 'delete', urn, '--force', '--yes'));
    await refused(/an older version of Railhead made it/);
    const running = containers();
    assert.deepEqual((await succeed(first.up('--refresh'))).changed, ['identity']);
    assert.deepEqual(containers(), running);
  });
});
