import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, test } from 'vitest';
import { kubectl, lacksCluster } from '../../../tests/kubernetes/cluster.ts';
import { lacksPlugin, linkPlugin } from '../../../tools/testing/plugins.ts';
import { createSystem, environment, fail, lacksEngine, succeed, type TestSystem } from '../testing/system.ts';
import { ownerAnnotation } from './namespace.ts';
import { unless } from '../../../tools/testing/unless.ts';

const stack = `owners-${randomBytes(3).toString('hex')}`;
const namespace = `${stack}-${environment}`;
const lack = (await lacksEngine()) ?? lacksPlugin('kubernetes') ?? (await lacksCluster());

unless(lack).describe('two projects do not share a namespace', () => {
  let first: TestSystem;
  let second: TestSystem;
  const create = async () => {
    const system = await createSystem('kubernetes');
    linkPlugin(system.root, 'kubernetes');
    await system.pulumi('config', 'set', '--secret', 'railhead:URL', 'redis://elsewhere');
    // This stack creates a namespace, but no pods.
    system.write('stacks/test.yaml', {
      name: stack,
      services: { store: { type: 'redis', external: { url: '${{secret.URL}}' } } },
    });
    return system;
  };
  const refused = async (pattern: RegExp) => {
    await fail(second.pulumi('preview'), pattern);
    await fail(second.up(), pattern);
  };
  const idOf = () => kubectl('get', 'namespace', namespace, '--output=jsonpath={.metadata.uid}');

  beforeAll(async () => {
    [first, second] = await Promise.all([create(), create()]);
    await succeed(first.up());
  });
  afterAll(async () => {
    await second.close();
    await first.close();
  });

  test('the second project is refused with the name of the first, which is unchanged', async () => {
    await refused(new RegExp(`first deployed from [^ ]*:${first.root}#[^]*config set railhead:owner`));
    assert.deepEqual((await succeed(first.up())).changed, []);
  });

  test('the second project is also refused after `down`, which keeps the namespace', async () => {
    await succeed(first.down());
    await refused(/first deployed from/);
    await succeed(first.up());
  });

  test('a namespace of an older version stays and gets its owner', async () => {
    const id = await idOf();
    await kubectl('annotate', 'namespace', namespace, `${ownerAnnotation}-`);
    await succeed(first.pulumi('stack', 'export', '--show-secrets', '--file', 'state.json'));
    const older: unknown = JSON.parse(
      readFileSync(join(first.root, 'state.json'), 'utf8'),
      (key, value: unknown) => (['owner', ownerAnnotation].includes(key) ? undefined : value),
    );
    first.write('state.json', JSON.stringify(older));
    await succeed(first.pulumi('stack', 'import', '--file', 'state.json'));
    await refused(/an older version of Railhead made it/);
    assert.deepEqual((await succeed(first.up('--refresh'))).changed, ['identity', namespace]);
    assert.equal(await idOf(), id);
    await refused(/first deployed from/);
  });
});
