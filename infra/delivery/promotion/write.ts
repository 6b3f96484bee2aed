import { basename } from 'node:path';
import { readEnvironment } from '../../common/environment.ts';
import { loadRelease } from '../../releases/load.ts';
import { originalPath } from '../../stack/restored.ts';
import type { Pin, ReleaseFile } from '../../releases/schema.ts';
import type { FileChange } from '../changed-files.ts';
import type { HistoryRecord } from '../history/record.ts';
import { filesFor, ownStackFile } from '../restore/files.ts';

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
    stack: {
      file: originalPath(declared?.stackFile ?? ''),
      ...(stackCommit && { commit: stackCommit.hash }),
    },
    time: new Date().toISOString(),
    by,
    artifacts: withCommits(artifacts, commits, commit),
  };
}

/** Returns a release in which other artifacts replace some, and the rest stays. It is no longer that of a rollback. */
export function releaseWith(
  { version, environment, commit, stack, artifacts: former }: ReleaseFile,
  { artifacts, commits, by }: Made,
): ReleaseFile {
  const replaced = withCommits(artifacts, commits, commit);
  return {
    ...{ version, environment, ...(commit && { commit }), stack },
    ...{ time: new Date().toISOString(), by, artifacts: { ...former, ...replaced } },
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

/**
 * Returns the changes of files with which an environment gets a release. It reads the stack files of the project again, if it read
 * copies of them since a rollback.
 */
export function changesFor(
  root: string,
  file: string,
  { rollback, stack, ...rest }: ReleaseFile,
): FileChange[] {
  const name = basename(file, '.yaml');
  const { stackFile } = readEnvironment(name, root);
  const own = ownStackFile({ stackFile }, rollback ?? loadRelease(name, root)?.release.rollback);
  const config = own === stackFile ? {} : { 'railhead:stackFile': own };
  const { file: path, commit } = stack;
  const release = { ...rest, stack: { file: path, ...(commit && { commit }) } };
  return filesFor(root, { name }, { release, config, copies: {} });
}
