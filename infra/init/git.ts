import { isDeepStrictEqual } from 'node:util';
import { capture } from '../../tools/command.ts';
import { UserError } from '../../tools/user-error.ts';
import type { Change } from './types.ts';

/** Returns whether a folder is in a git work tree. False where git is not installed. */
export async function isInGit(root: string): Promise<boolean> {
  const { code, stdout } = await capture('git', ['rev-parse', '--is-inside-work-tree'], { cwd: root });
  return code === 0 && stdout.trim() === 'true';
}

/**
 * Throws a UserError if a file that would change has uncommitted changes: git could not separate them from those of
 * `init`. The installation of Railhead itself, which comes before `init`, is no such change.
 */
export async function requireCommitted(root: string, changes: readonly Change[]): Promise<void> {
  const dirty: string[] = [];
  for (const { path, before } of changes) {
    if (before === undefined) continue;
    const { code, stdout } = await capture('git', ['show', `HEAD:./${path}`], { cwd: root });
    // Without a committed version there is nothing to mix up.
    if (code === 0 && stdout !== before && !differsByInstallation(stdout, before)) dirty.push(path);
  }
  if (dirty.length === 0) return;
  const verb = dirty.length === 1 ? 'has' : 'have';
  throw new UserError(
    `${dirty.join(' and ')} ${verb} uncommitted changes, which would mix with those of init. Nothing was written.\nCommit or stash them, then run it again: git stash push ${dirty.join(' ')}`,
  );
}

/** Returns whether two texts of a package.json differ only in dependencies. */
function differsByInstallation(committed: string, now: string): boolean {
  try {
    const [one, other] = [committed, now].map((text) => {
      const fields = Object.entries(JSON.parse(text) as object);
      return fields.filter(([name]) => name !== 'dependencies' && name !== 'devDependencies');
    });
    return isDeepStrictEqual(one, other);
  } catch {
    return false; // No package.json.
  }
}

/** Returns whether git ignores a path. */
export async function isIgnored(root: string, path: string): Promise<boolean> {
  return (await capture('git', ['check-ignore', '--quiet', path], { cwd: root })).code === 0;
}
