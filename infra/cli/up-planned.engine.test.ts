import assert from 'node:assert/strict';
import { cpSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { capture } from '../../tools/command.ts';
import { unless } from '../../tools/testing/unless.ts';
import { previewDocumentSchema, type Preview } from '../changes/model.ts';
import { formatDigest } from '../delivery/state/digest/digest.ts';
import { readPlan, type EnginePlan, type Pulumi } from '../delivery/state/read-plan.ts';
import { lacksEngine } from '../targets/testing/system.ts';
import { openClone, project, railhead, succeed } from './testing.ts';

const canary = 'canary-77ab0e13';

const config = `config:
  railhead:stackFile: stacks/test.yaml
  railhead:target: process
  railhead:ownMachine: true
`;

/** The services run on the last day of the year. */
const service = { source: 'app', cron: '0 0 31 12 *' };
const stack = ({ api = {}, job = {} } = {}) => ({
  name: 'shop',
  services: {
    api: { ...service, variables: { TOKEN: 'Bearer ${{secret.TOKEN}}', ...api } },
    job: { ...service, source: 'job', ...job },
  },
});

unless(await lacksEngine()).describe('`up --plan`', () => {
  const { root, write, git, close } = openClone();
  afterAll(close);
  const writeStack = (changes?: Parameters<typeof stack>[0]) =>
    write('stacks/test.yaml', JSON.stringify(stack(changes)));
  const commit = (subject: string) => git('commit', '-q', '--allow-empty', '-m', subject);
  const state = () => readFileSync(join(root, `.railhead/state/.pulumi/stacks/${project}/dev.json`), 'utf8');
  const pulumi = (...args: string[]) => railhead(root, 'pulumi', ...args);
  const plan = (folder = root) => planOf(folder);
  const digest = async () => formatDigest((await plan()).digest);

  beforeAll(async () => {
    write('Pulumi.dev.yaml', config);
    write('app/main.ts', '');
    write('job/main.ts', '');
    writeStack();
    assert.equal((await capture('git', ['init', '-q'], { cwd: root })).code, 0);
    await commit('Open the shop');
    await succeed(pulumi('config', 'set', '--secret', 'railhead:TOKEN', canary));
  });

  /** Checks that `up --plan` refuses and that nothing was touched. */
  async function refuses(reviewed: string, pattern: RegExp, ...flags: string[]): Promise<string> {
    const before = state();
    const { code, output, errors } = await railhead(root, 'up', '--plan', reviewed, ...flags);
    assert.equal(code, 1, output);
    assert.match(errors, pattern);
    assert.match(errors, /nothing was changed/i);
    assert.equal(state(), before);
    return errors;
  }

  test('a preview has the same digest in another checkout, where processes have other addresses', async () => {
    const { job, ...others } = stack({ api: { JOB_URL: '${{job.URL}}' } }).services;
    const served = { ...job, cron: undefined, port: 4000, start: 'node main.ts' };
    write('stacks/test.yaml', JSON.stringify({ name: 'shop', services: { ...others, job: served } }));
    const { root: other, close: closeOther } = openClone();
    try {
      for (const path of ['stacks', 'app', 'job', 'Pulumi.dev.yaml']) {
        cpSync(join(root, path), join(other, path), { recursive: true });
      }
      const [own, elsewhere] = [await plan(), await plan(other)];
      assert.notEqual(own.after.provided['job.URL'], elsewhere.after.provided['job.URL']);
      assert.equal(formatDigest(elsewhere.digest), formatDigest(own.digest));
    } finally {
      await closeOther();
      writeStack();
    }
  });

  test('the first update is the reviewed one, and happens once', async () => {
    const { digest: first, after, before, deployed } = await plan();
    assert.deepEqual([before, deployed, after.fingerprints], [undefined, undefined, {}]);
    // A merge or a squash.
    await commit('Merge the shop');
    const reviewed = formatDigest(first);
    await succeed(railhead(root, 'up', '--plan', reviewed));
    const errors = await refuses(reviewed, /The state is not the one of the preview/);
    assert.match(errors, /Deployed now: [0-9a-f]{7} "Merge the shop"/);
  });

  test('a plan without changes is empty, and an update of it changes nothing', async () => {
    const { resources, before, after, deployed } = await plan();
    assert.deepEqual(resources, []);
    assert.deepEqual(before, after);
    assert.equal(deployed?.subject, 'Merge the shop');
  });

  test('a changed variable is a change of its service', async () => {
    writeStack({ api: { LOG: 'debug' } });
    const { resources } = await plan();
    const change = { type: 'railhead:process:Cron', name: 'api', operation: 'update', service: 'api' };
    assert.deepEqual(resources, [{ ...change, paths: ['variables.LOG'] }]);
    writeStack();
  });

  describe('refuses', () => {
    test('after another update', async () => {
      writeStack({ api: { LOG: 'debug' } });
      const reviewed = await digest();
      writeStack({ job: { start: 'node main.ts again' } });
      await commit('Change the job');
      await succeed(railhead(root, 'up'));
      writeStack({ api: { LOG: 'debug' }, job: { start: 'node main.ts again' } });
      await refuses(reviewed, /Deployed now: [0-9a-f]{7} "Change the job"/);
      writeStack();
      await succeed(railhead(root, 'up'));
    });

    test('another value of a secret, and accepts the former one again', async () => {
      writeStack({ api: { LOG: 'info' } });
      const reviewed = await digest();
      await succeed(pulumi('config', 'set', '--secret', 'railhead:TOKEN', 'another'));
      await refuses(reviewed, /The value of a secret differs/);
      await succeed(pulumi('config', 'set', '--secret', 'railhead:TOKEN', canary));
      await succeed(railhead(root, 'up', '--plan', reviewed));
      await refuses(reviewed, /The state is not the one of the preview/);
    });

    test('another schedule, another file and an edited state', async () => {
      writeStack({ api: { LOG: 'warn' } });
      const reviewed = await digest();
      writeStack({ api: { LOG: 'warn' }, job: { cron: '0 0 30 12 *' } });
      await refuses(reviewed, /The steps differ/);
      writeStack({ api: { LOG: 'warn' } });
      write('job/main.ts', 'console.log(1);');
      await refuses(reviewed, /An artifact differs/);
      write('job/main.ts', '');
      const exported = (await succeed(pulumi('stack', 'export'))).output;
      const edited = exported.replace('"0 0 31 12 *"', '"0 0 29 12 *"');
      assert.notEqual(edited, exported);
      write('edited.json', edited);
      await succeed(pulumi('stack', 'import', '--file', 'edited.json'));
      await refuses(reviewed, /The state is not the one of the preview/);
      write('edited.json', exported);
      await succeed(pulumi('stack', 'import', '--file', 'edited.json'));
      assert.equal(await digest(), reviewed);
    });

    test('what is not a digest of this environment', async () => {
      const reviewed = await digest();
      await refuses(
        reviewed.replace(/^dev/, 'prod'),
        /The digest belongs to the environment prod, not to dev\./,
      );
      await refuses(reviewed.slice(0, -1), /is neither the digest/);
      await refuses('nothing', /is neither the digest/);
      const edited = reviewed.replace(/\.[0-9a-f]/, (found) => (found === '.0' ? '.1' : '.0'));
      await refuses(edited, /The digest is damaged/);
    });

    test('flags of Pulumi, which would change what is deployed or skip the comparison', async () => {
      writeStack({ api: { LOG: 'error' } });
      const reviewed = await digest();
      for (const flags of [['--skip-preview'], ['--target', 'x'], ['-c', 'railhead:TOKEN=x'], ['--yes']]) {
        await refuses(reviewed, new RegExp(`accepts no Pulumi flags: ${flags.join(' ')}\\.`), ...flags);
      }
    });

    test('a file that is stale, edited, replayed, or of another environment', async () => {
      const file = join(root, 'preview.json');
      const reviewed = () => previewDocumentSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
      const edit = (change: (preview: Preview) => void) => {
        const document = reviewed();
        document.environments.forEach(change);
        write('edited.json', JSON.stringify(document));
      };
      writeStack({ api: { LOG: 'fatal' } });
      assert.equal((await railhead(root, 'preview', '--out', file)).code, 2);
      edit(({ services }) => (services[0]!.values[0]!.after = 'harmless'));
      const errors = await refuses(
        'edited.json',
        /The file shows something else than this update would do, although the digest is the same: the file was edited/,
      );
      assert.match(errors, /Only in the file: services\.api\.values: .*harmless/);
      assert.match(errors, /Not in the file: services\.api\.values: .*fatal/);
      edit((preview) => (preview.environment = 'prod'));
      await refuses('edited.json', /neither the digest of a preview of dev nor a file/);

      writeStack({ api: { LOG: 'trace' } });
      await refuses(file, /Only in the preview: api: LOG: info → fatal/);

      // Comments move lines, a merge has another commit, and the duration of the last update differs.
      writeStack({ api: { LOG: 'fatal' } });
      write('stacks/test.yaml', `# moved\n\n${readFileSync(join(root, 'stacks/test.yaml'), 'utf8')}`);
      await commit('Merge pull request #7 from shop/log');
      edit((preview) => (preview.seconds = 4711));
      await succeed(railhead(root, 'up', '--plan', 'edited.json'));
      await refuses(
        file,
        /Deployed now: [0-9a-f]{7} "Merge pull request #7 from shop\/log" of pull request #7, with uncommitted changes\./,
      );
      writeStack();
      await succeed(railhead(root, 'up'));
    });
  });

  test('secret values are in no plan and in no file, nor is a literal that becomes a secret in what would run', async () => {
    const literal = 'canary-of-a-literal';
    writeStack({ api: { LOG: literal } });
    await succeed(railhead(root, 'up'));
    writeStack({ api: { LOG: '${{secret.TOKEN}}' } });
    const { before, ...now } = await plan();
    assert.ok(JSON.stringify(before).includes(literal));
    assert.ok(!JSON.stringify(now).includes(literal));
    assert.ok(!JSON.stringify([before, now]).includes(canary));
    writeStack();
    await succeed(railhead(root, 'up'));
    // The private file of the supervisor has the environment of the service.
    assert.deepEqual(filesWith(join(root, '.railhead'), canary), ['dev/services/api/spec.json']);
  });
});

function planOf(clone: string): Promise<EnginePlan> {
  const read: Pulumi['read'] = (args, variables) =>
    capture(process.execPath, [join(clone, 'dist/railhead.js'), 'pulumi', ...args], {
      cwd: clone,
      env: { PATH: process.env['PATH'] ?? '', ...variables },
    });
  const place = { root: clone, environment: 'dev', refresh: false };
  return readPlan({ project, read }, { ...place, progress: () => {} });
}

/** Returns the files below a folder that contain a text. */
function filesWith(folder: string, text: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => {
    const file = join(folder, name);
    return statSync(file).isFile() && readFileSync(file).includes(text);
  });
}
