import assert from 'node:assert/strict';
import { test } from 'vitest';
import { describeImport, describeSteps } from './report.ts';
import { importOf } from './testing.ts';

const compose = `x-app: &app
  image: ghcr.io/acme/app:1
  user: app
  sysctls: { net.core.somaxconn: 1024 }
services:
  web: { <<: *app, expose: [8080] }
  worker: *app
  mail: { image: ghcr.io/acme/mail:1, user: mail, environment: { DEFAULT_FROM_ADDRESS: me@example.com } }
`;

test('a report ends with the fields that are not mapped, below their reason, the counts and the targets', async (t) => {
  const plan = await importOf(t, { 'docker-compose.yml': compose });
  const [, end = ''] = describeImport(plan).split('\nNot mapped:\n');
  assert.match(
    end,
    /^\ndocker-compose\.yml:3:3 {2}services\.web\.user and 1 more\ndocker-compose\.yml:8:\d+ {2}services\.mail\.user\n {2}a user is a number: .*\n {2}Next: write `user: <uid>`\n\ndocker-compose\.yml:4:3 /,
  );
  assert.match(
    end,
    /\n\n\d+ fields: .* not mapped\nprocess: cannot run it\n {2}image of web, worker, mail: a process .*\ndocker: can run it\nkubernetes: can run it$/,
  );
});

test('the fields of each file are a table that fits the terminal', async (t) => {
  const plan = await importOf(t, { 'docker-compose.yml': compose });
  const lines = describeImport(plan, 60).split('\n');
  assert.deepEqual(
    lines.filter((line) => line.length > 60),
    [],
  );
  assert.ok(lines.some((line) => /^ {2}2:3 +services\.web\.image +→ {2}image of web, worker$/.test(line)));
  const wide = describeImport(plan).split('\n');
  assert.ok(wide.includes('docker-compose.yml'));
  assert.ok(wide.some((line) => line.endsWith('  →  services.mail.variables.DEFAULT_FROM_ADDRESS')));
});

test('a field that import does not know is to be found in the schema of the installed package', async (t) => {
  const { rows } = await importOf(t, {
    'docker-compose.yml': 'services: { a: { image: "acme/a:1", fancy: 1 } }\n',
    'node_modules/railhead/package.json': '{}',
  });
  const next = rows.find(({ field }) => field === 'services.a.fancy')?.next ?? '';
  assert.match(
    next,
    /^find its counterpart in \S*node_modules\/railhead\/stacks\/schema\.json, or leave it out$/,
  );
});

test('the next steps name the environment of the only target that can run the system', async (t) => {
  const plan = await importOf(t, {
    'package.json': '{ "name": "shop" }',
    'compose.yaml':
      'services:\n  job: { image: "acme/job:1", environment: { TOKEN: "secret-of-the-job" } }\n',
  });
  const problems = [{ file: 'x', line: 1, column: 1, path: 'services.job', message: 'no' }];
  const refused = (name: string) => ({ name, problems, leftOut: [] });
  const kubernetes = {
    name: 'kubernetes',
    problems: [],
    stackFile: 'stacks/shop.kubernetes.yaml',
    leftOut: [],
  };
  const targets = [refused('process'), refused('docker'), kubernetes];
  const steps = describeSteps({ ...plan, targets, secrets: ['TOKEN'] }).join('\n');
  assert.match(steps, / secrets set TOKEN -s kubernetes$/m);
  assert.doesNotMatch(steps, /env add/);
});
