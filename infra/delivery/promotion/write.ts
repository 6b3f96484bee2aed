import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { formatRelease } from '../../releases/format.ts';
import type { Pin, ReleaseFile } from '../../releases/schema.ts';
import type { HistoryRecord } from '../history/record.ts';

/** Artifacts, and the commit that each was built from. */
interface Made {
  artifacts: Readonly<Record<string, Pin>>;
  commits: Readonly<Record<string, string | undefined>>;
  /** Who promotes them. */
  by: string;
}

/** Returns the release of an update. */
export function releaseOf(
  { environment, commit: stackCommit, declared }: HistoryRecord,
  { artifacts, commits, by }: Made,
): ReleaseFile {
  // Most artifacts of a release have the same commit, which stands above them.
  const commit = mostFrequent(Object.values(commits));
  return {
    version: 1,
    environment,
    ...(commit && { commit }),
    stack: { file: declared?.stackFile ?? '', ...(stackCommit && { commit: stackCommit.hash }) },
    time: new Date().toISOString(),
    by,
    artifacts: withCommits(artifacts, commits, commit),
  };
}

/** Returns a release in which other artifacts replace some, and the rest stays. */
export function releaseWith(current: ReleaseFile, { artifacts, commits, by }: Made): ReleaseFile {
  const replaced = withCommits(artifacts, commits, current.commit);
  return {
    ...current,
    time: new Date().toISOString(),
    by,
    artifacts: { ...current.artifacts, ...replaced },
  };
}

function withCommits(
  artifacts: Made['artifacts'],
  commits: Made['commits'],
  common: string | undefined,
): Record<string, Pin> {
  const entries = Object.entries(artifacts).map(([service, pin]) => {
    const commit = commits[service];
    return [service, { ...pin, ...(commit !== undefined && commit !== common && { commit }) }] as const;
  });
  return Object.fromEntries(entries);
}

function mostFrequent(values: readonly (string | undefined)[]): string | undefined {
  const count = (value: string | undefined) => values.filter((each) => each === value).length;
  return values.toSorted((one, two) => count(two) - count(one))[0];
}

/** Writes a release file. A killed process leaves the file as it was, and nothing that git sees. */
export function writeRelease(root: string, file: string, release: ReleaseFile): void {
  const path = join(root, file);
  const unfinished = join(root, '.railhead', `promote-${process.pid}.yaml`);
  for (const one of [path, unfinished]) mkdirSync(dirname(one), { recursive: true });
  try {
    writeFileSync(unfinished, formatRelease(release));
    renameSync(unfinished, path);
  } finally {
    rmSync(unfinished, { force: true });
  }
}
