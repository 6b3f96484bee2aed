import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { formatRelease } from '../../releases/format.ts';
import type { Pin, ReleaseFile } from '../../releases/schema.ts';
import type { HistoryRecord } from '../history/record.ts';

/**
 * Returns the release of an update.
 *
 * @param made the commit that its artifacts were built from, the artifacts, and who promotes them
 */
export function releaseOf(
  { environment, commit: stackCommit, declared }: HistoryRecord,
  made: { commit: string | undefined; artifacts: Record<string, Pin>; by: string },
): ReleaseFile {
  return {
    version: 1,
    environment,
    ...(made.commit && { commit: made.commit }),
    stack: { file: declared?.stackFile ?? '', ...(stackCommit && { commit: stackCommit.hash }) },
    time: new Date().toISOString(),
    by: made.by,
    artifacts: made.artifacts,
  };
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
