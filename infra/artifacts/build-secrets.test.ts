import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'vitest';
import { buildRelease } from './release.ts';
import { graphOf, temporaryProject } from './testing.ts';

const { project, source, artifacts } = temporaryProject();
const value = "s3cret-canary's 4f1b\nsecond-line-4f1b";

/** Builds a service with the secret TOKEN. */
async function build(command: string, secretOf: (name: string) => string | undefined = () => value) {
  const config = { build: command, start: './run', buildSecrets: ['TOKEN'] };
  const options = { root: project.root, preview: false, containers: undefined, pins: undefined };
  const given = { ...options, progress: () => undefined, secretOf };
  const { web } = await buildRelease(graphOf({ web: config }), given);
  return web!;
}

test('a build has its secrets, and the artifact has their names alone', async () => {
  await source('web', { run: '' });
  const command = 'printf %s "$TOKEN" | sha256sum > seen';
  const web = await build(command);
  const seen = await readFile(join(web.path, 'seen'), 'utf8');
  assert.match(seen, /^[0-9a-f]{64}/);
  assert.match(web.inputs.settings, /\nsecrets: TOKEN$/);
  // Another value is no other input, so it is not read either.
  const again = await build(command, () => assert.fail('the secret was read'));
  assert.deepEqual(again, web);
  const other = graphOf({ web: { build: command, start: './run' } });
  const plain = { root: project.root, preview: true, containers: undefined, pins: undefined };
  assert.notEqual((await buildRelease(other, { ...plain, progress: () => undefined })).web?.hash, web.hash);
});

test('the output of a failed build hides its secrets, each line of them', async () => {
  await source('web', { run: '' });
  const failing = build('printf "%s" "token: $TOKEN"; echo "$TOKEN" >&2; exit 3');
  await assert.rejects(failing, ({ message }: Error) => {
    assert.match(message, /^The build of web failed with exit code 3/);
    assert.match(message, /token: \[TOKEN\]\n/);
    assert.doesNotMatch(message, /4f1b/);
    return true;
  });
});

test('a build that writes a secret to its result leaves nothing', async () => {
  await source('web', { run: '' });
  const leaking = build(
    'mkdir -p a && printf "//registry/:_authToken=%s" "$TOKEN" > a/.npmrc && ln -s "$TOKEN" b',
  );
  await assert.rejects(leaking, ({ name, message }: Error) => {
    assert.equal(name, 'UserError');
    assert.match(message, /^The build of web has written a secret to its result/);
    assert.match(message, /\n {4}a\/\.npmrc contains TOKEN\n {4}b contains TOKEN\n/);
    assert.doesNotMatch(message, /4f1b/);
    return true;
  });
  assert.deepEqual(await artifacts(), []);
  assert.deepEqual(await readdir(join(project.root, 'services/web')), ['run']);
});

test('without a value, nothing is built', async () => {
  await source('web', { run: '' });
  await assert.rejects(
    build('touch built', () => undefined),
    {
      name: 'UserError',
      message: /^The build of web needs the secret TOKEN, whose value only the engine knows\./,
    },
  );
  assert.deepEqual(await artifacts(), []);
});
