import { tryGit } from '../commits/git.ts';

/** A release: the commit that it was built from, if that is known, and when it was made (ISO 8601). */
export interface Dated {
  commit: string | undefined;
  time: string;
}

/**
 * Returns why a release is older than the one that would be replaced; undefined if it is not. The order of commits decides.
 * The times decide where the commits have none, or are not in this clone.
 */
export async function whyOlder(root: string, next: Dated, current: Dated): Promise<string | undefined> {
  if (next.commit !== undefined && current.commit !== undefined) {
    if (next.commit === current.commit || (await isAncestor(root, current.commit, next.commit)))
      return undefined;
    if (await isAncestor(root, next.commit, current.commit)) {
      return `commit ${short(next.commit)} comes before ${short(current.commit)}`;
    }
  }
  return Date.parse(next.time) < Date.parse(current.time)
    ? `${next.time} is before ${current.time}`
    : undefined;
}

async function isAncestor(root: string, older: string, newer: string): Promise<boolean> {
  const { code } = await tryGit(root, ['merge-base', '--is-ancestor', older, newer]);
  return code === 0;
}

function short(commit: string): string {
  return commit.slice(0, 8);
}
