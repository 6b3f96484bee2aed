import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, test } from 'vitest';
import { capture } from '../../tools/command.ts';
import { unless } from '../../tools/testing/unless.ts';
import { previewDocumentSchema, type Preview } from '../changes/model.ts';
import { fully } from '../views/words/causes.ts';
import { plain } from '../views/phrase.ts';
import { lacksEngine } from '../targets/testing/system.ts';
import { openClone, railhead, succeed } from './testing.ts';

const canaries = ['canary-of-the-first-value', 'canary-of-the-second-value', 'canary-of-a-literal'] as const;

const before = `name: shop
variables:
  LEVEL: info
services:
  api:
    source: api
    minReady: 1s
    variables:
      LEVEL: \${{shared.LEVEL}}
  mailer:
    source: api
    cron: 0 0 31 12 *
    variables:
      TOKEN: Bearer \${{secret.TOKEN}}
  job:
    source: job
    cron: 0 0 31 12 *
    variables: { PASSPHRASE: ${canaries[2]} }
  store:
    source: api
    minReady: 1s
    volume: { path: /data, size: 1Gi }
  old:
    source: job
    cron: 0 0 31 12 *
  web:
    source: web
    port: 3000
    minReady: 1s
gateway:
  port: 8080
  routes:
    - { path: /*, to: web }
`;

const after = before
  .replace('LEVEL: info', 'LEVEL: debug')
  .replace(`PASSPHRASE: ${canaries[2]}`, 'PASSPHRASE: "${{secret.TOKEN}}"')
  .replace('    source: api\n    minReady: 1s\n', '    source: api\n    minReady: 1s\n    replicas: 2\n')
  .replace('  job:\n    source: job\n    cron: 0 0 31', '  job:\n    source: job\n    cron: 0 0 30')
  .replace('    volume: { path: /data, size: 1Gi }\n', '')
  .replace('  old:\n', '  renamed:\n')
  .replace('    - { path', '    - { path: /docs/*, to: web }\n    - { path');

const server = `import { createServer } from 'node:http';
const { HOST, PORT } = process.env;
createServer((_, response) => response.end('ok')).listen(Number(PORT ?? 0), HOST);
`;

const config = `config:
  railhead:stackFile: stacks/shop.yaml
  railhead:target: process
  railhead:ownMachine: true
`;

unless(await lacksEngine()).describe('`railhead preview`', () => {
  const { root, write, git, close } = openClone();
  afterAll(close);
  const setSecret = (value: string) =>
    succeed(railhead(root, 'pulumi', 'config', 'set', '--secret', 'railhead:TOKEN', value));

  beforeAll(async () => {
    write('Pulumi.dev.yaml', config);
    write('.gitignore', 'node_modules\n.railhead\ndist\n');
    write('stacks/shop.yaml', before);
    write('api/main.ts', server);
    write('job/main.ts', '');
    write('web/main.ts', server);
    await git('init', '-q');
    await git('add', '--all');
    await git('commit', '-q', '-m', 'Open the shop');
    await setSecret(canaries[0]);
    await succeed(railhead(root, 'up'));
  });

  test('without a change, it says so and ends with 0', async () => {
    const { code, output } = await railhead(root, 'preview');
    assert.equal(code, 0);
    assert.match(output, /^dev: nothing changes, 6 the same; data touched: none/);
    assert.match(output, /commit [0-9a-f]{10} “Open the shop”/);
  });

  test('each change has its cause in every view, and no secret is shown', async () => {
    write('stacks/shop.yaml', after);
    write('job/main.ts', '// changed');
    await setSecret(canaries[1]);
    const files = ['preview.txt', 'preview.md', 'preview.html', 'preview.json'];
    const { code, output, errors } = await railhead(root, 'preview', '--out', ...files);
    assert.equal(code, 2, errors);
    const texts = files.map((file) => readFileSync(join(root, file), 'utf8'));
    for (const text of [output, errors, ...texts]) {
      for (const canary of canaries) assert.ok(!text.includes(canary), canary);
    }
    const [preview] = previewDocumentSchema.parse(JSON.parse(texts[3]!)).environments;
    assert.ok(preview);
    assert.deepEqual(causes(preview), {
      api: ['replicas: 1 → 2 (stacks/shop.yaml:8)', 'LEVEL ← shared.LEVEL ← stacks/shop.yaml:3'],
      gateway: ['route /docs/*: not set → web (stacks/shop.yaml:33)'],
      job: [
        'cron: 0 0 31 12 * → 0 0 30 12 * (stacks/shop.yaml:18)',
        '1 file in job (main.ts)',
        'PASSPHRASE ← stacks/shop.yaml:19',
      ],
      mailer: ['secret TOKEN changed, which TOKEN contains'],
      // The former file is not known, so the place is that of the map that contained the service.
      old: ['removed from the stack file (stacks/shop.yaml:4)'],
      renamed: ['added to the stack file (stacks/shop.yaml:23)'],
      store: [
        'volume.path: /data → not set (stacks/shop.yaml:20)',
        'volume.size: 1Gi → not set (stacks/shop.yaml:20)',
      ],
    });
    assert.deepEqual(
      preview.risks.map(({ kind, service }) => [kind, service]),
      [
        ['data', 'store'],
        ['exposure', 'web'],
      ],
    );
    for (const text of texts) {
      for (const service of Object.keys(causes(preview))) assert.ok(text.includes(service), service);
      assert.match(text, /volume/);
    }
  });

  test('exactly the preview is deployed', async () => {
    const { output } = await railhead(root, 'preview', '--format', 'json');
    const [preview] = previewDocumentSchema.parse(JSON.parse(output)).environments;
    await succeed(railhead(root, 'up', '--plan', preview!.digest!));
    assert.equal((await railhead(root, 'preview')).code, 0);
  });

  test('two commits are compared without the state', async () => {
    await git('add', '--all');
    await git('commit', '-q', '-m', 'Change the shop');
    const { code, output } = await railhead(
      root,
      'preview',
      '--base',
      'HEAD~1',
      '--head',
      'HEAD',
      '--format',
      'json',
    );
    assert.equal(code, 2);
    const [preview] = previewDocumentSchema.parse(JSON.parse(output)).environments;
    assert.deepEqual(Object.keys(causes(preview!)), ['api', 'gateway', 'job', 'old', 'renamed', 'store']);
    assert.ok(!output.includes(canaries[2]));
    assert.equal((await railhead(root, 'preview', '--base', 'HEAD')).code, 0);
  });

  test('places are relative to the project, also in a folder of it', async () => {
    write(
      'stacks/shop.yaml',
      `${after}policy: { waivers: [{ rule: none, reason: none, until: 2030-01-01 }] }\n`,
    );
    const program = [join(root, 'dist/railhead.js'), 'preview', '--format', 'json'];
    for (const more of [[], ['--base', 'HEAD', '-s', 'dev']]) {
      const { stdout } = await capture(process.execPath, [...program, ...more], { cwd: join(root, 'api') });
      const [preview] = previewDocumentSchema.parse(JSON.parse(stdout)).environments;
      const found = preview?.policy.map(({ rule, place }) => [rule, place?.file]);
      assert.deepEqual(found, [['waivers', 'stacks/shop.yaml']]);
    }
  });

  test('a wrong stack file and wrong options change nothing and end with 1', async () => {
    write('stacks/shop.yaml', after.replace('port: 3000', 'port: many'));
    const wrong = await railhead(root, 'preview');
    assert.equal(wrong.code, 1);
    assert.match(wrong.errors, /^stacks\/shop\.yaml:\d+:\d+ {2}services\.web\.port: /);
    const commits = await railhead(root, 'preview', '--base', 'HEAD');
    assert.equal(commits.code, 1);
    assert.match(commits.output, /services\.web\.port/);
    for (const args of [
      ['--head', 'HEAD'],
      ['--out', 'preview.doc'],
      ['--base', 'nowhere'],
    ]) {
      const { code, errors } = await railhead(root, 'preview', ...args);
      assert.equal(code, 1, args.join(' '));
      assert.notEqual(errors, '');
    }
  });
});

function causes({ services }: Preview): Record<string, string[]> {
  const sorted = services.toSorted((a, b) => a.service.localeCompare(b.service));
  return Object.fromEntries(
    sorted.map(({ service, causes }) => [service, causes.map((cause) => plain(fully(cause)))]),
  );
}
