import { railheadCommand, npmCommand } from '../../common/commands.ts';
import type { ReleaseFile } from '../../releases/schema.ts';
import type { Store } from '../../store/store.ts';
import { tryGit } from '../commits/git.ts';
import { outcomeOf } from '../history/outcome.ts';
import { lastRecord } from '../history/read-history.ts';
import { commitIn } from './origin.ts';

/** The age of artifacts: when their release was made (ISO 8601), and the commit from which each was built, if that is known. */
export interface Age {
  time: string;
  commitOf: (service: string) => string | undefined;
}

/** Returns the age of what an environment runs: of its release file, or else of its last update that succeeded. Undefined if it runs nothing. Throws UserError. */
export async function currentAge(
  release: ReleaseFile | undefined,
  store: Store,
  environment: string,
): Promise<Age | undefined> {
  if (release !== undefined) return { time: release.time, commitOf: (service) => commitIn(release, service) };
  // One that failed or was refused since then leaves most of it running.
  const last = await lastRecord(store, environment, (record) => outcomeOf(record) === 'succeeded');
  if (last === undefined || last.command === 'down') return undefined;
  return { commitOf: () => last.commit?.hash, time: last.ending?.ended ?? last.started };
}

/**
 * Reports artifacts that are older than what the other environment runs. The order of commits decides. The times decide where the
 * commits have none, or are not in this clone.
 *
 * @param update what is promoted: `#12 of dev`
 */
export async function ageProblems(
  root: string,
  services: readonly string[],
  { next, current }: { next: Age; current: Age | undefined },
  { from, to, update }: { from: string; to: string; update: string },
): Promise<string[]> {
  if (current === undefined) return [];
  const older = new Map<string, string[]>();
  for (const service of services) {
    const commits = [next.commitOf(service), current.commitOf(service)] as const;
    const why = await whyOlder(root, commits, [next.time, current.time]);
    if (why !== undefined) older.set(why, [...(older.get(why) ?? []), service]);
  }
  const anyway = railheadCommand(undefined, 'promote', from, to, '--allow-downgrade');
  return [...older].map(([why, names]) => {
    const which = names.length === services.length ? '' : `: ${names.join(', ')}`;
    return `${update} is older than the release of ${to}${which}: ${why}. Deploy a newer one: ${npmCommand('up', from)}. Or allow it: ${anyway}`;
  });
}

type Pair<T> = readonly [next: T, current: T];

async function whyOlder(
  root: string,
  [next, current]: Pair<string | undefined>,
  [nextTime, currentTime]: Pair<string>,
): Promise<string | undefined> {
  if (next !== undefined && current !== undefined) {
    if (next === current || (await isAncestor(root, current, next))) return undefined;
    if (await isAncestor(root, next, current)) {
      return `commit ${short(next)} comes before ${short(current)}`;
    }
  }
  return Date.parse(nextTime) < Date.parse(currentTime) ? `${nextTime} is before ${currentTime}` : undefined;
}

async function isAncestor(root: string, older: string, newer: string): Promise<boolean> {
  const { code } = await tryGit(root, ['merge-base', '--is-ancestor', older, newer]);
  return code === 0;
}

function short(commit: string): string {
  return commit.slice(0, 8);
}
