import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'vitest';
import { capture } from '../../tools/command.ts';
import { packageRoot } from '../common/roots.ts';
import { importDocumentSchema } from '../import/document.ts';
import { filesOf } from '../init/testing.ts';
import { scratch } from '../stack/scratch.ts';

const compose = 'services:\n  app:\n    image: ghcr.io/acme/app:1\n    environment: { API_TOKEN: abc-123 }\n';
const files = { 'package.json': '{ "name": "shop" }', 'docker-compose.yml': compose };

function run(cwd: string, ...args: string[]) {
  return capture(process.execPath, [join(packageRoot, 'infra/cli/railhead.ts'), 'import', ...args], { cwd });
}

test('it writes the stack file once, and names the command for each secret and the one that writes over a file', async (t) => {
  const folder = scratch(t, files);
  const first = await run(folder);
  assert.deepEqual([first.code, first.problem], [0, '']);
  assert.match(first.stdout, /^ {2}npx --no -- railhead secrets set API_TOKEN -s dev$/m);
  assert.match(first.stdout, /^Next: npx --no -- railhead init$/m);
  const text = readFileSync(join(folder, 'stacks/shop.yaml'), 'utf8');
  assert.match(text, /^ {6}API_TOKEN: \$\{\{secret\.API_TOKEN\}\} # docker-compose\.yml:4$/m);
  const changed = scratch(t, { ...files, 'stacks/shop.yaml': 'name: mine\n' });
  const second = await run(changed, '.');
  assert.equal(second.code, 1);
  assert.match(
    second.problem,
    /^stacks\/shop\.yaml would be overwritten\. Nothing was written\.\nTo overwrite: npx --no -- railhead import \. --force$/,
  );
  assert.equal(filesOf(changed)['stacks/shop.yaml'], 'name: mine\n');
  assert.equal((await run(changed, '.', '--force')).code, 0);
  assert.equal(filesOf(changed)['stacks/shop.yaml'], text);
});

test('the commands that it names work as written, also for another folder', async (t) => {
  const folder = scratch(t, {
    ...{
      'sub/compose.yaml': compose,
      'sub/compose.prod.yaml': compose,
      'sub/stacks/sub.yaml': 'name: mine\n',
    },
    'sub/Procfile': 'web: node server.js\n',
  });
  const { problem, stdout } = await run(folder, 'sub', '--from', 'compose');
  assert.match(problem, /^To overwrite: npx --no -- railhead import sub --from compose --force$/m);
  assert.match(stdout, /^Not read: Procfile\. .* npx --no -- railhead import sub\/Procfile$/m);
  assert.match(stdout, /^Not read: compose\.prod\.yaml\. .* import sub\/compose\.prod\.yaml$/m);
  const { stdout: steps } = await run(folder, 'sub', '--from', 'compose', '--force');
  assert.match(steps, /^Wrote sub\/stacks\/sub\.yaml$[\s\S]*^ {2}cd sub$[\s\S]*secrets set[\s\S]*^Next: /m);
  assert.doesNotMatch((await run(folder, 'sub/compose.yaml', '--force')).stdout, /^ {2}cd /m);
});

test('--check writes nothing, and exits with 1 only if a field was not mapped', async (t) => {
  const good = scratch(t, files);
  assert.equal((await run(good, '--check')).code, 0);
  assert.deepEqual(Object.keys(filesOf(good)), Object.keys(files).toSorted());
  const bad = scratch(t, {
    ...files,
    'docker-compose.yml': `${compose}    sysctls: { net.core.somaxconn: 1024 }\n`,
  });
  const { code, stdout } = await run(bad, '--check');
  assert.equal(code, 1);
  assert.match(
    stdout,
    /^docker-compose\.yml:5:5  services\.app\.sysctls\n  the nodes of the target set the kernel of containers\n  Next: /m,
  );
});

test('--json prints the report of a file in the folder', async (t) => {
  const folder = scratch(t, { 'package.json': '{ "name": "shop" }', 'sub/docker-compose.dev.yml': compose });
  const { code, stdout } = await run(folder, 'sub/docker-compose.dev.yml', '--json');
  const { format, fields, files, secrets } = importDocumentSchema.parse(JSON.parse(stdout));
  assert.deepEqual([code, format, files, secrets], [0, 'Compose', ['stacks/shop.yaml'], ['API_TOKEN']]);
  assert.deepEqual(fields[0], {
    ...{ file: 'sub/docker-compose.dev.yml', line: 3, column: 5, field: 'services.app.image' },
    ...{ outcome: 'mapped', to: 'services.app.image' },
  });
});

test('one service that cannot run does not stop the others', async (t) => {
  const broken = '  old:\n    build: ./missing\n    environment: { A: b }\n';
  const folder = scratch(t, { ...files, 'docker-compose.yml': `${compose}${broken}` });
  const { code, stdout } = await run(folder);
  assert.equal(code, 0);
  assert.match(
    stdout,
    /docker-compose\.yml:6:5  services\.old\.build\n  services\.old\.source: "missing" does not exist in /,
  );
  assert.match(readFileSync(join(folder, 'stacks/shop.yaml'), 'utf8'), /image: ghcr\.io\/acme\/app:1/);
});

test('what cannot be read is an error with the formats', async (t) => {
  const folder = scratch(t, { 'main.ts': '' });
  const { code, problem } = await run(folder);
  assert.equal(code, 1);
  assert.match(problem, /has nothing that can be imported\. Formats: railway, compose, render, fly, heroku/);
  assert.match((await run(folder, 'nowhere')).problem, /^nowhere does not exist\./);
});
