import assert from 'node:assert/strict';
import { afterAll, beforeAll, test } from 'vitest';
import { capture } from '../../../tools/command.ts';
import { unless } from '../../../tools/testing/unless.ts';
import { createSystem, environment, fail, lacksEngine, succeed, type TestSystem } from '../testing/system.ts';

const urn = (type: string, name: string) => `urn:pulumi:${environment}::railhead::railhead:${type}::${name}`;
const record = urn('generated:Release', 'release');
const token = 'canary-5f3c19aa';

/** The services run on the last day of the year. */
const service = { source: 'app', cron: '0 0 31 12 *' };
const stack = ({ one = {}, two = {} } = {}) => ({
  name: 'shop',
  services: { one: { ...service, ...one }, two: { ...service, ...two } },
});

interface Exported {
  urn: string;
  inputs?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
}

unless(await lacksEngine()).describe('the record of the last update', () => {
  let system: TestSystem;
  beforeAll(async () => {
    system = await createSystem('process');
    system.write('app/main.ts', '');
    system.write('app/fail.ts', 'process.exit(1);');
    system.write('stacks/test.yaml', stack());
  });
  afterAll(() => system.close());

  async function git(...args: string[]): Promise<string> {
    const all = ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args];
    const { code, stdout, problem } = await capture('git', all, { cwd: system.root });
    assert.equal(code, 0, problem);
    return stdout.trim();
  }

  async function resources(): Promise<Exported[]> {
    const { output } = await succeed(system.pulumi('stack', 'export'));
    const { deployment } = JSON.parse(output) as { deployment: { resources?: Exported[] } };
    return deployment.resources ?? [];
  }

  const recorded = async () => (await resources()).find((resource) => resource.urn === record);

  test('a state without it gets it, and nothing else changes', async () => {
    await succeed(system.up());
    await succeed(system.pulumi('state', 'delete', record, '--yes'));
    const { changed, output } = await succeed(system.up());
    assert.deepEqual(changed, []);
    assert.match(output, /Release release created/);
  });

  test('another commit with the same inputs changes nothing, and the record names it', async () => {
    assert.equal((await recorded())?.inputs?.commit, undefined);
    await git('init', '-q');
    await git('commit', '-q', '--allow-empty', '-m', 'Open the shop');
    const before = await recorded();
    await succeed(system.pulumi('preview', '--expect-no-changes'));
    const { output } = await succeed(system.up());
    assert.match(output, /^Resources:\n +\d+ unchanged$/m);
    const after = await recorded();
    const hash = await git('rev-parse', 'HEAD');
    assert.deepEqual(after?.inputs?.commit, { hash, subject: 'Open the shop', dirty: true });
    assert.deepEqual(after?.outputs, before?.outputs);
  });

  test('secrets are fingerprints in it, which change with the secret and only then', async () => {
    const set = (value: string) =>
      succeed(system.pulumi('config', 'set', '--secret', 'railhead:TOKEN', value));
    const fingerprints = async () => {
      await succeed(system.up());
      const { fingerprints } = (await recorded())?.inputs?.snapshot as {
        fingerprints: Record<string, string>;
      };
      assert.deepEqual(Object.keys(fingerprints), ['secret.TOKEN']);
      assert.match(fingerprints['secret.TOKEN'] ?? '', /^[0-9a-f]{16}$/);
      return fingerprints['secret.TOKEN'];
    };
    await set(token);
    system.write('stacks/test.yaml', stack({ one: { variables: { TOKEN: 'a ${{secret.TOKEN}}' } } }));
    const first = await fingerprints();
    await set('another');
    const second = await fingerprints();
    await set(token);
    assert.notEqual(second, first);
    assert.equal(await fingerprints(), first);
    assert.ok(!system.state().includes(token));
  });

  test('an update that fails, and one of a single service, keep the former record', async () => {
    system.write('stacks/test.yaml', stack());
    await succeed(system.up());
    const of = async () => {
      const { inputs, outputs } = (await recorded()) ?? {};
      return { inputs, outputs };
    };
    const before = await of();
    const variables = { A: '1' };
    system.write(
      'stacks/test.yaml',
      stack({ one: { variables }, two: { preDeploy: 'node fail.ts', variables } }),
    );
    await fail(system.up());
    assert.deepEqual(await of(), before);

    system.write('stacks/test.yaml', stack({ one: { variables: { A: '2' } } }));
    const { changed } = await succeed(system.up('--target', '**::one'));
    assert.deepEqual(changed, ['one']);
    assert.deepEqual(await of(), before);
    system.write('stacks/test.yaml', stack());
    await succeed(system.up());
  });

  test('a service can be destroyed alone, and `down` leaves no record', async () => {
    await succeed(system.pulumi('destroy', '--yes', '--skip-preview', '--target', '**::two'));
    assert.ok(await recorded());
    await succeed(system.down());
    assert.equal(await recorded(), undefined);
  });
});
