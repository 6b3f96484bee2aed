import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, test } from 'vitest';
import { findOnPath } from './on-path.ts';
import { pulumiHome } from './home.ts';

const scratch = mkdtempSync(join(tmpdir(), 'on-path-'));
afterAll(() => rmSync(scratch, { recursive: true }));

/** Creates a folder with an executable `pulumi` of a version, and optionally a language host. */
function installation(name: string, version: string, withHost = true): string {
  const folder = join(scratch, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'pulumi'), `#!/bin/sh\necho v${version}\n`, { mode: 0o755 });
  if (withHost) writeFileSync(join(folder, 'pulumi-language-nodejs'), '#!/bin/sh\n', { mode: 0o755 });
  return folder;
}

test('the first usable CLI on the PATH is used', async () => {
  const old = installation('old', '3.100.0');
  const good = installation('good', '3.257.1');
  const later = installation('later', '3.256.0');
  const { engine } = await findOnPath(scratch, ['/nonexistent', old, good, later]);
  assert.equal(engine?.executable, join(good, 'pulumi'));
  assert.equal(engine?.version, '3.257.1');
  assert.match(engine?.origin ?? '', /on the PATH/);
});

test('a language host elsewhere on the PATH, or in the folder of a link target, is accepted', async () => {
  const bare = installation('bare', '3.256.0', false);
  assert.match((await findOnPath(scratch, [bare])).reason, /no pulumi-language-nodejs/);
  const elsewhere = installation('elsewhere', '1.0.0');
  assert.ok((await findOnPath(scratch, [bare, elsewhere])).engine);
  const links = join(scratch, 'links');
  mkdirSync(links);
  symlinkSync(join(installation('real', '3.256.0'), 'pulumi'), join(links, 'pulumi'));
  assert.ok((await findOnPath(scratch, [links])).engine);
});

test('an unusable CLI is named with the reason', async () => {
  const old = installation('old', '3.100.0');
  const broken = join(scratch, 'broken');
  mkdirSync(broken);
  writeFileSync(join(broken, 'pulumi'), '#!/bin/sh\nexit 3\n', { mode: 0o755 });
  const { engine, reason } = await findOnPath(scratch, [old, broken]);
  assert.equal(engine, undefined);
  assert.match(reason, /old\/pulumi is 3\.100\.0, not >= 3\.254\.0 and < 4, .*broken\/pulumi does not run/);
  assert.equal((await findOnPath(scratch, [])).reason, 'no pulumi on the PATH');
});

test("npm's launcher and the clone's own CLI do not count as an installation", async () => {
  const folder = join(scratch, 'npm');
  mkdirSync(folder);
  writeFileSync(join(folder, 'run.js'), '#!/bin/sh\necho v3.256.0\n', { mode: 0o755 });
  symlinkSync('run.js', join(folder, 'pulumi'));
  const own = installation('clone/.railhead/pulumi/bin', '3.256.0');
  assert.ok(own.startsWith(pulumiHome(join(scratch, 'clone'))));
  assert.equal((await findOnPath(join(scratch, 'clone'), [folder, own])).reason, 'no pulumi on the PATH');
});
