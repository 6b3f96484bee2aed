import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, test } from 'vitest';
import { capture } from './command.ts';
import { installOnce, openToOthers, toolCache } from './tool-cache.ts';

const scratch = mkdtempSync(join(tmpdir(), 'tool-cache-'));
spawnSync('chmod', ['755', scratch]);
process.env['RAILHEAD_CACHE_DIR'] = scratch;
afterAll(() => rmSync(scratch, { recursive: true }));

const quiet = () => undefined;

test('RAILHEAD_CACHE_DIR has precedence; root uses a shared folder, other users their home', () => {
  assert.equal(toolCache({ RAILHEAD_CACHE_DIR: '/x' }, true), '/x');
  assert.equal(toolCache({ XDG_CACHE_HOME: '/c' }, true), '/var/cache/railhead');
  assert.equal(toolCache({ XDG_CACHE_HOME: '/c' }, false), '/c/railhead');
  assert.match(toolCache({}, false), /\/\.cache\/railhead$/);
});

test('an installation happens once and is readable by others with any umask', async () => {
  const before = process.umask(0o077);
  const install = async (folder: string) => {
    mkdirSync(join(folder, 'bin'));
    writeFileSync(join(folder, 'bin', 'tool'), '', { mode: 0o700 });
    await setTimeout(1);
  };
  const folder = await installOnce('once', quiet, install).finally(() => process.umask(before));
  assert.equal(statSync(join(folder, 'bin', 'tool')).mode & 0o777, 0o755);
  assert.equal(openToOthers(folder), true);
  await installOnce('once', quiet, () => assert.fail('installed twice'));
});

test('a failed installation leaves no files and may be retried', async () => {
  const failing = async (folder: string) => {
    writeFileSync(join(folder, 'half'), '');
    await setTimeout(1);
    throw new Error('no network');
  };
  await assert.rejects(installOnce('failing', quiet, failing), /no network/);
  assert.deepEqual(
    readdirSync(scratch).filter((name) => name.includes('failing')),
    [],
  );
  assert.ok(existsSync(await installOnce('failing', quiet, () => Promise.resolve())));
});

test('several processes that install at once end with one complete copy', async () => {
  const script = `
    import { installOnce } from ${JSON.stringify(join(import.meta.dirname, 'tool-cache.ts'))};
    import { writeFileSync } from 'node:fs';
    import { setTimeout } from 'node:timers/promises';
    const folder = await installOnce('shared', () => {}, async (folder) => {
      for (const name of ['a', 'b', 'c']) { writeFileSync(folder + '/' + name, name); await setTimeout(50); }
    });
    console.log(folder);`;
  const start = () => capture(process.execPath, ['--input-type=module-typescript', '-e', script]);
  const results = await Promise.all([start(), start(), start()]);
  for (const { stdout, problem } of results) assert.equal(stdout.trim(), join(scratch, 'shared'), problem);
  assert.deepEqual(readdirSync(join(scratch, 'shared')), ['a', 'b', 'c']);
  assert.deepEqual(
    readdirSync(scratch).filter((name) => name.startsWith('.')),
    [],
  );
});

test('the files of a killed installation are deleted', async () => {
  const { pid } = spawnSync(process.execPath, ['--version']);
  mkdirSync(join(scratch, `.stale.${pid}`));
  await installOnce('stale', quiet, () => Promise.resolve());
  assert.deepEqual(
    readdirSync(scratch).filter((name) => name.startsWith('.stale')),
    [],
  );
});
