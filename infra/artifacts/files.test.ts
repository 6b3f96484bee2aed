import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'vitest';
import { scratch } from '../stack/scratch.ts';
import { sourceFiles } from './files.ts';

test('files of a folder below the root of a repository are listed, tracked or not, without those of Railhead', async (t) => {
  const root = scratch(t, {
    '.gitignore': 'out\n',
    'services/api/main.js': '',
    'services/api/out/main.js': '',
    'services/api/.railhead/state.json': '',
  });
  const git = (...args: string[]) => execFileSync('git', args, { cwd: root });
  git('init', '-q');
  git('add', 'services/api/main.js');
  writeFileSync(join(root, 'services/api/new.js'), '');
  assert.deepEqual(await sourceFiles(join(root, 'services/api')), ['main.js', 'new.js']);
  assert.deepEqual(await sourceFiles(root), ['.gitignore', 'services/api/main.js', 'services/api/new.js']);
});
