import assert from 'node:assert/strict';
import { afterAll, beforeAll, test } from 'vitest';
import { createSystem, environment, fail, lacksEngine, succeed, type TestSystem } from '../testing/system.ts';
import { unless } from '../../../tools/testing/unless.ts';

unless(await lacksEngine()).describe('a change that leaves data behind is refused', () => {
  let system: TestSystem;
  const code = { work: { source: 'services/work' } };
  const write = (name: string, services: object) =>
    system.write('stacks/test.yaml', { name, services: { ...services, ...code } });
  const refused = async (pattern: RegExp, stack = environment) => {
    for (const verb of [['preview'], ['up', '--yes', '--skip-preview']]) {
      await fail(system.pulumi(...verb, '--stack', stack), pattern);
    }
  };

  beforeAll(async () => {
    system = await createSystem('process');
    system.write('services/work/main.ts', 'setInterval(() => {}, 1000);');
    write('first', { store: { type: 'redis', storage: '2Gi' } });
    // A preview of a stack without a state.
    await succeed(system.pulumi('preview'));
    await succeed(system.up());
  });
  afterAll(() => system.close());

  test('a state of an older version takes its identity from its resources', async () => {
    await succeed(
      system.pulumi(
        'state',
        'delete',
        'urn:pulumi:test::railhead::railhead:generated:Identity::identity',
        '--force',
        '--yes',
      ),
    );
    write('second', { store: { type: 'redis', storage: '2Gi' } });
    await refused(/called "second", but its data are kept under "first"/);
    write('first', { store: { type: 'redis', storage: '2Gi' } });
    const { changed } = await succeed(system.up());
    assert.deepEqual(changed, ['identity']);
  });

  test('a changed name is refused with both names, and the config value `identity` keeps the data', async () => {
    write('second', { store: { type: 'redis', storage: '2Gi' } });
    await refused(/called "second", but its data are kept under "first"/);
    await succeed(system.pulumi('config', 'set', 'railhead:identity', 'first'));
    const { changed } = await succeed(system.up());
    // The service gets the changed name of the stack as a variable.
    assert.deepEqual(changed, ['work']);
  });

  test('a data server that is renamed, shrunk or of another kind is refused with its position', async () => {
    write('second', { cache: { type: 'redis', storage: '2Gi' } });
    await refused(/stacks\/test\.yaml:3:3.*would begin empty: the data of "store" are not those of "cache"/);
    write('second', { store: { type: 'redis', storage: '1Gi' } });
    await refused(/a disk does not shrink/);
    write('second', { store: { type: 'postgres' } });
    await refused(/of type redis; give the postgres another name/);
  });

  test('a code service with a volume that is renamed or shrunk is refused', async () => {
    const files = (name: string, size: string) =>
      system.write('stacks/test.yaml', {
        name: 'second',
        services: {
          store: { type: 'redis', storage: '2Gi' },
          [name]: { source: 'services/work', volume: { path: '/files', size } },
        },
      });
    files('files', '2Gi');
    await succeed(system.up());
    files('archive', '2Gi');
    await refused(/archive.*would begin empty: the data of "files" are not those of "archive"/);
    files('files', '1Gi');
    await refused(/files\.volume\.size.*a disk does not shrink/);
    files('files', '2Gi');
  });

  test('a renamed environment is refused, and keeps its data under its former name', async () => {
    await succeed(system.pulumi('stack', 'rename', 'other'));
    await refused(
      /environment is called "other", but its data are kept under "test".*[^]*stack rename test -s other/,
      'other',
    );
    await succeed(system.pulumi('stack', 'rename', 'test', '--stack', 'other'));
    assert.deepEqual((await system.up()).changed, []);
  });

  test('the record outlives `down`, like the data', async () => {
    await succeed(system.pulumi('config', 'rm', 'identity'));
    await fail(system.pulumi('destroy', '--yes', '--skip-preview'), /it is protected/);
    await succeed(system.down());
    await refused(/called "second", but its data are kept under "first"/);
  });
});
