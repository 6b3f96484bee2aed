import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readFile, readdir } from 'node:fs/promises';
import { afterAll, beforeAll, expect } from 'vitest';
import { unless } from '../../tools/testing/unless.ts';
import { lacksEngine } from '../targets/testing/system.ts';
import { openClone, railhead, spawnRailhead } from './testing.ts';

const { test } = unless(await lacksEngine());

const stack = `name: x
services:
  api: { source: app, variables: { SMTP: '\${{secret.SMTP_PASSWORD}}', KEY: '\${{secret.KEY}}' } }
  worker: { source: app, variables: { SMTP: '\${{secret.SMTP_PASSWORD}}' } }
`;

/** What no output and no file may have. */
const canaries = ['canary-smtp-51c7', 'canary-line-one-51c7', 'canary-line-two-51c7', 'canary-argument-51c7'];

let clone: ReturnType<typeof openClone>;
let shown = '';
beforeAll(() => {
  clone = openClone();
  clone.write('stacks/x.yaml', stack);
  clone.write('app/main.js', '');
  for (const name of ['dev', 'qa']) {
    const settings = `railhead:stackFile: stacks/x.yaml, railhead:target: process, railhead:ownMachine: true`;
    clone.write(`Pulumi.${name}.yaml`, `config: { ${settings} }\n`);
  }
});
afterAll(async () => {
  await clone.close();
});

async function run(args: string[], input = '') {
  const child = spawnRailhead(clone.root, ...args);
  child.stdin.end(input);
  const text = async (stream: NodeJS.ReadableStream) => {
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(Buffer.from(chunk));
    return Buffer.concat(chunks).toString();
  };
  const exit = once(child, 'exit') as Promise<[number | null]>;
  const [output, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), exit]);
  shown += output + errors;
  return { code, output, errors };
}

const value = async (name: string, environment: string) =>
  (await railhead(clone.root, 'pulumi', 'config', 'get', `railhead:${name}`, '-s', environment)).output;
const settings = (environment: string) =>
  readFileSync(join(clone.root, `Pulumi.${environment}.yaml`), 'utf8');

test('a value comes from stdin only, as it is but for one newline at the end', async () => {
  const set = await run(['secrets', 'set', 'SMTP_PASSWORD', '-s', 'dev'], `${canaries[0]}\n`);
  assert.deepEqual(set, {
    code: 0,
    output:
      'Pulumi.dev.yaml has the value of SMTP_PASSWORD, encrypted.\napi, worker will get it with: npm run up -- -s dev\n',
    errors: '',
  });
  const lines = `${canaries[1]}\n${canaries[2]}\n`;
  assert.equal((await run(['secrets', 'set', 'KEY', '-s', 'dev'], `${lines}\n`)).code, 0);
  // Pulumi prints a newline after the value.
  assert.equal(await value('KEY', 'dev'), `${lines}\n`);
  assert.equal(await value('SMTP_PASSWORD', 'dev'), `${canaries[0]}\n`);
});

test('without a value, with one as an argument, or with a wrong name, nothing changes', async () => {
  const before = settings('dev');
  const empty = await run(['secrets', 'set', 'KEY', '-s', 'dev'], '\n');
  assert.deepEqual(
    [empty.code, empty.errors],
    [1, 'There is no value for KEY on stdin, so nothing was changed.\n'],
  );
  const argument = await run(['secrets', 'set', 'KEY', canaries[3] ?? '', '-s', 'dev'], 'x');
  assert.match(argument.errors, /^Too many arguments for 'set'\. Expected 1 argument but got 2\.\n/);
  assert.match((await run(['secrets', 'set', 'a-b', '-s', 'dev'], 'x')).errors, /It has letters, digits/);
  assert.equal(settings('dev'), before);
});

test('list shows which secrets have a value and who needs them', async () => {
  await run(['pulumi', 'config', 'set', 'railhead:KEY', 'plain', '-s', 'qa']);
  const { code, output } = await run(['secrets', 'list', '-s', 'qa']);
  assert.equal(code, 0);
  assert.deepEqual(output.split('\n'), [
    'secret         value          deployed since  services',
    'KEY            not encrypted                  api',
    'SMTP_PASSWORD  missing                        api, worker',
    '',
    'Next:',
    '  npx --no -- railhead secrets set KEY -s qa',
    '  npx --no -- railhead secrets set SMTP_PASSWORD -s qa',
    '',
  ]);
});

test('copy asks, replaces a value only with --force, and prints none', async () => {
  const before = settings('qa');
  const asks = await run(['secrets', 'copy', '--from', 'dev', '--to', 'qa']);
  assert.equal(asks.code, 1);
  assert.match(asks.errors, /secrets copy --from dev --to qa --yes\n$/);
  assert.equal(settings('qa'), before);
  assert.equal(
    (await run(['secrets', 'copy', 'SMTP_PASSWORD', '--from', 'dev', '--to', 'qa', '--yes'])).code,
    0,
  );
  assert.equal(await value('SMTP_PASSWORD', 'qa'), `${canaries[0]}\n`);
  const refused = await run(['secrets', 'copy', '--from', 'dev', '--to', 'qa', '--yes']);
  assert.equal(
    refused.errors,
    `qa has a value already: SMTP_PASSWORD. Nothing was copied.
The others: npx --no -- railhead secrets copy KEY --from dev --to qa
To replace: npx --no -- railhead secrets copy --from dev --to qa --force
`,
  );
  assert.equal((await run(['secrets', 'copy', '--from', 'dev', '--to', 'qa', '--yes', '--force'])).code, 0);
  assert.equal(await value('KEY', 'qa'), `${canaries[1]}\n${canaries[2]}\n\n`);
});

test('with another passphrase, nothing is copied', async () => {
  const before = settings('qa');
  clone.write('passphrase', 'another');
  const flags = ['--from', 'dev', '--to', 'qa', '--yes', '--force', '--from-passphrase', 'passphrase'];
  const { code, errors } = await run(['secrets', 'copy', ...flags]);
  assert.deepEqual([code, /not that of dev/.test(errors)], [1, true], errors);
  assert.equal(settings('qa'), before);
});

test('the values are in no output and in no file', async () => {
  const entries = await readdir(clone.root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const own = files.filter(
    (file) => !/node_modules|\/dist\/|\/infra\/|\/pulumi\/(bin|versions)\//.test(file),
  );
  const texts = await Promise.all(own.map((file) => readFile(file, 'utf8')));
  expect(own.length).toBeGreaterThan(5);
  for (const canary of canaries) {
    assert.ok(!shown.includes(canary), shown);
    assert.deepEqual(
      own.filter((_, index) => texts[index]?.includes(canary)),
      [],
    );
  }
});
