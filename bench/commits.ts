import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../infra/common/roots.ts';
import { capture } from '../tools/command.ts';
import { compare, timed, type Row } from './compare.ts';
import { runOnce } from './once.ts';

/**
 * Compares the preview of two commits for all environments of Rota with what git alone needs to check both of them out. The
 * preview runs in a new process and does not count the loading of its code.
 */
export async function bench(): Promise<Row[]> {
  const ours = () => runOnce('commits-once.ts');
  const reference = () => timed(checkOutTwice);
  return [
    await compare('preview of two commits, against checking out', { unit: 'ms', rounds: 5, ours, reference }),
  ];
}

async function checkOutTwice(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'railhead-bench-'));
  try {
    for (const side of ['base', 'head']) {
      await git('worktree', 'add', '--quiet', '--detach', join(folder, side), 'HEAD');
    }
  } finally {
    rmSync(folder, { recursive: true });
    await git('worktree', 'prune');
  }
}

async function git(...args: string[]): Promise<void> {
  const { code, problem } = await capture('git', args, { cwd: packageRoot });
  if (code !== 0) throw new Error(problem);
}
