import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Makes a zip archive with git, which every machine with a clone has. */
export function zip(files: Record<string, string | Buffer>, level = 9): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'railhead-zip-'));
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: folder, maxBuffer: 2 ** 28, stdio: ['ignore', 'pipe', 'ignore'] });
  try {
    git('init', '--quiet');
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    git('add', '.');
    return git('archive', '--format=zip', `-${level}`, git('write-tree').toString().trim());
  } finally {
    rmSync(folder, { recursive: true });
  }
}
