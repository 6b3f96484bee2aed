import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { unless } from '../../tools/testing/unless.ts';
import { createSystem, fail, lacksEngine, succeed, type TestSystem } from '../targets/testing/system.ts';

const { test } = unless(await lacksEngine());

const value = 'canary-build-secret-7d20';
const digest = createHash('sha256').update(value).digest('hex');

/** A service whose build needs the secret, and shows that it had it. The service itself prints its environment. */
const stack = {
  name: 'shop',
  services: {
    web: {
      source: 'app',
      build: 'test -n "$NPM_TOKEN" && printf %s "$NPM_TOKEN" | sha256sum > seen && echo "$NPM_TOKEN"',
      start: 'node main.js',
      buildSecrets: ['NPM_TOKEN'],
    },
  },
};

let system: TestSystem;
beforeAll(async () => {
  system = await createSystem('process');
  system.write('stacks/test.yaml', stack);
  system.write('app/main.js', 'console.log(JSON.stringify(process.env)); setInterval(() => {}, 1000);\n');
});
afterAll(() => system.close());

const artifacts = () =>
  readdirSync(join(system.root, '.railhead/artifacts')).filter((name) => /^web-[0-9a-f]{16}$/.test(name));

test('a secret of a build without a value is reported at its place, before anything is built', async () => {
  const output = await fail(system.railhead('up'));
  assert.match(
    output,
    /stacks\/test\.yaml:\d+:\d+ +services\.web\.buildSecrets\.0: the secret NPM_TOKEN has no value/,
  );
});

test('up reads the secret from config for the build, and it is in no file, state or output', async () => {
  await succeed(system.pulumi('config', 'set', '--secret', 'railhead:NPM_TOKEN', value));
  const { output } = await succeed(system.railhead('up'));
  const [artifact = ''] = artifacts();
  assert.equal(
    readFileSync(join(system.root, '.railhead/artifacts', artifact, 'seen'), 'utf8').slice(0, 64),
    digest,
  );
  // A plain `pulumi up` makes the same artifact.
  system.write('app/other.txt', '2');
  const plain = await succeed(system.up());
  assert.equal(artifacts().length, 2);
  assert.doesNotMatch(output + plain.output, /canary/);
  const entries = readdirSync(system.root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const own = files.filter(
    (file) => !/\/(node_modules|dist|infra|tools)\/|\/pulumi\/(bin|versions)\//.test(file),
  );
  assert.ok(
    own.some((file) => file.endsWith('test.json')),
    'the state is among them',
  );
  assert.deepEqual(
    own.filter((file) => readFileSync(file).includes(value)),
    [],
  );
});
