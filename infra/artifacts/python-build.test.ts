import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { test } from 'vitest';
import { unless } from '../../tools/testing/unless.ts';
import { temporaryProject } from './testing.ts';

const { project, release, source } = temporaryProject();

/** Writes a package with the module `greeting` and the program `greet` to a wheel. */
const makeWheel = `import zipfile
info = "greeting-1.dist-info/"
with zipfile.ZipFile("greeting-1-py3-none-any.whl", "w") as wheel:
    wheel.writestr("greeting.py", "def main():\\n    print('installed')\\n")
    wheel.writestr(info + "METADATA", "Metadata-Version: 2.1\\nName: greeting\\nVersion: 1\\n")
    wheel.writestr(info + "WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
    wheel.writestr(info + "entry_points.txt", "[console_scripts]\\ngreet = greeting:main\\n")
    wheel.writestr(info + "RECORD", "")
`;
const install = 'python3 wheel.py && pip install --no-index --quiet ./greeting-1-py3-none-any.whl';
const lack =
  spawnSync('python3', ['-m', 'venv', '--help']).status === 0 ? undefined : 'there is no Python with venv';

unless(lack).describe('packages of a build', () => {
  const runtime = { name: 'python' as const };

  /** Runs a command as a process of the service does. */
  const run = (folder: string, command: string) =>
    execFileSync('/bin/sh', ['-c', command], {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: [join(folder, '.venv/bin'), process.env.PATH].join(delimiter) },
    });

  test('what pip installs is in the artifact, and runs from every folder', async () => {
    await source('api', { 'wheel.py': makeWheel, 'build.sh': install });
    const { api } = await release({ api: { runtime, build: 'sh ./build.sh', start: 'greet' } });
    assert.equal(existsSync(join(api!.path, '.venv/bin/greet')), true);
    assert.equal(
      run(api!.path, 'python3 -c "import greeting; greeting.main()" && greet'),
      'installed\ninstalled\n',
    );
    const other = join(project.root, 'an other', 'folder');
    await mkdir(join(other, '..'));
    await rename(api!.path, other);
    assert.equal(run(other, 'greet'), 'installed\n');
  });

  test('a build that installs nothing has no .venv', async () => {
    await source('api', { 'wheel.py': makeWheel });
    const { api } = await release({ api: { runtime, build: 'echo built > out', start: './x' } });
    assert.equal(existsSync(join(api!.path, '.venv')), false);
  });
});
