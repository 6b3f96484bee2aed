import { globSync } from 'node:fs';
import { basename } from 'node:path';
import { environmentNames, readEnvironment } from '../../common/environment.ts';
import { loadRelease } from '../../releases/load.ts';
import { openStore } from '../../store/open-store.ts';
import type { Store } from '../../store/store.ts';
import { readHistory } from '../history/read-history.ts';
import type { HistoryRecord } from '../history/record.ts';
import { UserError } from '../../../tools/user-error.ts';
import { neededUpdates } from './needed-updates.ts';

/** What names an artifact: a release file, or an update of an environment. */
export type Origin = { file: string } | { environment: string; update: number };

/** An artifact that a release file or an update names. */
export interface Mention {
  service: string;
  hash: string | undefined;
  content: string | undefined;
  origin: Origin;
  /** Whether the artifact is kept for it. */
  isNeeded: boolean;
}

/**
 * Returns all mentions of artifacts in the release files of a project and in the stores of its environments. Environments of other
 * projects that share a store count too. Throws UserError if a file or a record cannot be read.
 *
 * @param root absolute path of the project
 * @param count how many succeeded updates of each environment need their artifacts
 */
export async function readMentions(root: string, count: number): Promise<Mention[]> {
  const updates = await Promise.all(storesOf(root).map((store) => updatesIn(store, count)));
  return [...releaseFiles(root), ...updates.flat()];
}

/** Returns each store once. */
function storesOf(root: string): Store[] {
  const stores = environmentNames(root).map((name) => openStore(readEnvironment(name, root), root));
  return [...new Map(stores.map((store) => [store.describe(), store])).values()];
}

async function updatesIn(store: Store, count: number): Promise<Mention[]> {
  const environments = await store.records.folders('history');
  const histories = await Promise.all(environments.map((name) => readHistory(store, name, Infinity)));
  const problems = histories.flatMap((history) => history.problems);
  if (problems.length > 0) {
    throw new UserError(
      [...problems, 'Without these records it is not known which artifacts are needed.'].join('\n'),
    );
  }
  return histories.flatMap(({ records }) => {
    const needed = neededUpdates(records, count);
    return records.flatMap((record) => mentionsIn(record, needed.includes(record)));
  });
}

function mentionsIn({ environment, number, release = {} }: HistoryRecord, isNeeded: boolean): Mention[] {
  const origin = { environment, update: number };
  return Object.entries(release).map(([service, { hash, content }]) => ({
    ...{ service, hash, content, origin, isNeeded },
  }));
}

function releaseFiles(root: string): Mention[] {
  return globSync('releases/*.yaml', { cwd: root }).flatMap((path) => {
    const { file, release } = loadRelease(basename(path, '.yaml'), root) ?? {
      file: path,
      release: undefined,
    };
    return Object.entries(release?.artifacts ?? {}).map(([service, { hash, content }]) => ({
      ...{ service, hash, content, origin: { file }, isNeeded: true },
    }));
  });
}
