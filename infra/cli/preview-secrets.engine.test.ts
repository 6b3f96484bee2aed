import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, test } from 'vitest';
import { unless } from '../../tools/testing/unless.ts';
import { previewDocumentSchema } from '../changes/model.ts';
import { openGitHub } from '../github/client.ts';
import { postPreview } from '../github/post.ts';
import { startGitHub } from '../github/testing/github.ts';
import { handOver, run } from '../github/testing/run.ts';
import { sharedDataFolder } from '../supervisor/paths.ts';
import { lacksEngine } from '../targets/testing/system.ts';
import { openClone, railhead, succeed } from './testing.ts';
import {
  canaries,
  clusterOf,
  containersOf,
  passed,
  sealed,
  secrets,
  stackOf,
  type SideName,
} from './testing-canaries.ts';

const settings = (target: string, stack: string) => `config:
  railhead:stackFile: stacks/${stack}.yaml
  railhead:target: ${target}
  railhead:ownMachine: true
`;

const program = `import { readFileSync } from 'node:fs';
import { deploy } from 'railhead';
export const { url } = await deploy({ values: { PASSED: readFileSync('../passed.txt', 'utf8') } });
`;

const forms = ['txt', 'md', 'html', 'json'];
const filesOf = (name: string) => forms.map((form) => `${name}.${form}`);

unless(await lacksEngine()).describe('a secret of either side is in no output of a preview', () => {
  const { root, write, git, close } = openClone();
  const data = sharedDataFolder(root, 'dev');
  afterAll(async () => {
    await close();
    rmSync(data, { recursive: true, force: true });
  });
  const pulumi = (...args: string[]) => succeed(railhead(root, 'pulumi', ...args));
  const read = (name: string) => readFileSync(join(root, name), 'utf8');
  /** What Railhead and Pulumi have generated: passwords, keys, and the texts with them. */
  const generated: string[] = [];

  beforeAll(async () => {
    write('Pulumi.dev.yaml', settings('process', 'shop'));
    write('Pulumi.box.yaml', settings('docker', 'box'));
    write('Pulumi.cluster.yaml', settings('kubernetes', 'cluster'));
    write('.gitignore', 'node_modules\n.railhead\ndist\n*.txt\n*.json\n*.md\n*.html\n');
    write('infra/index.ts', program);
    write('job/main.js', '');
    write('image/Dockerfile', 'FROM scratch\n');
    await git('init', '-q');
    await git('add', '--all');
    await writeSide('before', 'Open the shop');
    await succeed(railhead(root, 'up'));
    generated.push(...secretsOf((await pulumi('stack', 'export', '--show-secrets')).output));
    assert.ok(generated.length > 30);
    await writeSide('after', 'Change the shop');
  });

  async function writeSide(side: SideName, subject: string) {
    write('stacks/shop.yaml', stackOf(side));
    write('stacks/box.yaml', containersOf(side));
    write('stacks/cluster.yaml', clusterOf(side));
    write('passed.txt', passed[side]);
    await git('add', 'stacks');
    await git('commit', '-q', '-m', subject);
    const values = Object.entries(secrets[side]).map(([name, value]) => `railhead:${name}=${value}`);
    await pulumi('config', 'set-all', ...values.flatMap((value) => ['--secret', value]));
  }

  const hitsIn = (texts: Record<string, string>, values = canaries) => hits(texts, [...values, ...generated]);

  test('in all forms of the preview, in the comment of a pull request, and while it is made', async () => {
    const { code, output, errors } = await railhead(root, 'preview', '--out', ...filesOf('preview'));
    assert.equal(code, 2, errors);
    const texts = Object.fromEntries(filesOf('preview').map((file) => [file, read(file)]));
    const github = await startGitHub(run);
    handOver(github, JSON.parse(read('preview.json')));
    await postPreview(openGitHub(github.access), run);
    await github.close();
    assert.match(github.comments[0]?.body ?? '', /6 services change/);
    const posted = { comments: JSON.stringify(github.comments), checks: JSON.stringify(github.checks) };
    assert.deepEqual(hitsIn({ ...texts, ...posted, output, errors }), []);
  });

  test('each secret has what happens to it, and what is plain on both sides is shown', () => {
    const [preview] = previewDocumentSchema.parse(JSON.parse(read('preview.json'))).environments;
    const values = (service: string) =>
      Object.fromEntries(
        (preview?.services.find((change) => change.service === service)?.values ?? []).map(
          ({ name, before, after, secret }) => [name, [before, after, secret]],
        ),
      );
    const job = values('job');
    assert.deepEqual(job.ADDED, [undefined, '${{secret.ADDED}}', 'added']);
    assert.deepEqual(job.REMOVED, ['${{secret.REMOVED}}', undefined, 'removed']);
    assert.deepEqual(job.SAME, undefined);
    for (const name of ['CHANGED', 'SHORT', 'EQUAL', 'LINES', 'JSON', 'SYMBOLS'])
      assert.deepEqual(job[name], [`\${{secret.${name}}}`, `\${{secret.${name}}}`, 'changed']);
    const bearer = 'Bearer ${{secret.TEMPLATE}} for';
    assert.deepEqual(job.TEMPLATE, [`${bearer} before`, `${bearer} after`, 'changed']);
    // The engine hides each plain text that equals a secret of the config. It does not know former ones.
    assert.deepEqual(job.PLAIN, ['plain-before', '[secret]', undefined]);
    assert.deepEqual(values('literals').VALUE, ['(hidden)', '${{secret.ADDED}}', 'added']);
    assert.deepEqual(values('exposes').VALUE, ['${{secret.EXPOSED}}', '(hidden)', 'removed']);
  });

  test('in the comparison of two commits, for all targets', async () => {
    const args = ['--base', 'HEAD~1', '--head', 'HEAD', '--out', ...filesOf('commits')];
    const { code, output, errors } = await railhead(root, 'preview', ...args);
    assert.equal(code, 2, errors);
    const texts = Object.fromEntries(filesOf('commits').map((file) => [file, read(file)]));
    assert.match(texts['commits.txt'] ?? '', /^cluster: 2 services/m);
    assert.deepEqual(hitsIn({ ...texts, output, errors }), []);
  });

  test('after drift, in the refusal of another plan', async () => {
    const spec = '.railhead/dev/services/job/spec.json';
    writeFileSync(join(root, spec), read(spec).replaceAll(secrets.before.CHANGED ?? '', 'drift-canary-51c7'));
    write('stacks/shop.yaml', stackOf('after').replace('$START', 'drift-canary-51c8'));
    const { code, output, errors } = await railhead(root, 'up', '--plan', 'preview.json');
    assert.equal(code, 1);
    assert.match(errors, /nothing was changed/);
    assert.deepEqual(hitsIn({ output, errors }), []);
    write('stacks/shop.yaml', stackOf('after'));
  });

  test('in the policy, in the plan of the engine and in the state', async () => {
    const pack = join(root, 'dist/policy-pack/railhead-policy');
    const preview = await railhead(root, 'preview');
    assert.match(preview.output, /drift: Cron job edited/);
    const shown = {
      preview,
      policy: await railhead(root, 'policy'),
      engine: await pulumi('preview', '--policy-pack', pack, '--save-plan', 'plan.json'),
    };
    assert.deepEqual(hitsIn(textsOf(shown)), []);
    // The plain variable that equals a secret is the same to the program that deploys the preview.
    const [, digest = ''] = /--plan (\S+)/.exec(preview.output) ?? [];
    const states = {
      before: await pulumi('stack', 'export'),
      up: await succeed(railhead(root, 'up', '--plan', digest)),
      after: await pulumi('stack', 'export'),
    };
    assert.deepEqual(hitsIn({ ...textsOf(states), plan: read('plan.json') }, sealed), []);
  });

  test('files with secrets are private', () => {
    const folder = join(root, '.railhead');
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    // The folder of Pulumi has its programs and plugins.
    const files = names.filter(
      (name) => !name.startsWith('pulumi/') && statSync(join(folder, name)).isFile(),
    );
    const found = files.filter(
      (name) => hitsIn({ [name]: readFileSync(join(folder, name), 'latin1') }).length > 0,
    );
    assert.ok(found.includes('dev/services/job/spec.json'));
    for (const name of found) assert.equal(statSync(join(folder, name)).mode & 0o77, 0, name);
  });
});

function textsOf(runs: Record<string, { output: string; errors: string }>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(runs).map(([name, { output, errors }]) => [name, `${output}\n${errors}`]),
  );
}

/** Returns which texts contain which values, in which form. */
function hits(texts: Record<string, string>, values: readonly string[]): string[] {
  const searched = values.flatMap(formsOf);
  return Object.entries(texts).flatMap(([name, text]) =>
    searched.filter((form) => text.includes(form)).map((form) => `${name}: ${form}`),
  );
}

/** Returns a value as it is, and as files, addresses, pages and logs encode it. */
function formsOf(value: string): string[] {
  const bytes = Buffer.from(value);
  const quoted = JSON.stringify(value).slice(1, -1);
  const html = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const encoded = (['base64', 'base64url', 'hex'] as const).map((form) => bytes.toString(form));
  const forms = [
    value,
    quoted,
    JSON.stringify(quoted).slice(1, -1),
    encodeURIComponent(value),
    html,
    ...encoded,
  ];
  return [...new Set(forms)];
}

/** Returns the secrets of an exported state. */
function secretsOf(state: string): string[] {
  const found = [...state.matchAll(/"plaintext": ("(?:[^"\\]|\\.)*")/g)].map(
    ([, text = '']) => JSON.parse(JSON.parse(text) as string) as unknown,
  );
  // Parts of an address such as its host are secret in the state, and plain in the stack file.
  return found.filter((value) => typeof value === 'string').filter((value) => value.length >= 16);
}
