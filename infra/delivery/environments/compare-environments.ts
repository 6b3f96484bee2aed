import { join } from 'node:path';
import { readEnvironment } from '../../common/environment.ts';
import { projectRoot } from '../../common/roots.ts';
import { secretUsers } from '../../graph/secret-users.ts';
import { StackError } from '../../stack/problem.ts';
import { openStore } from '../../store/open-store.ts';
import { openSources } from '../commits/compare-commits.ts';
import { evaluate, isEvaluated, type Sources } from '../commits/evaluate.ts';
import { currentFiles, openRepository } from '../commits/repository.ts';
import { outcomeOf } from '../history/outcome.ts';
import { readHistory } from '../history/read-history.ts';
import { recordedConfig } from '../history/recorded-config.ts';
import { withOwnedFolder } from '../owned-folder.ts';
import { secretStates } from '../secrets/secret-states.ts';
import { diffEnvironments, type EnvironmentSide } from './differences.ts';
import type { EnvironmentDiff } from './document.ts';

/**
 * Compares two environments of the files as they are, and what their histories say that they run. Needs no engine, state, secret or
 * cluster. Throws UserError.
 *
 * @param progress receives a line for each step that can take long
 */
export async function compareEnvironments(
  before: string,
  after: string,
  progress: (line: string) => void,
): Promise<EnvironmentDiff> {
  for (const name of [before, after]) readEnvironment(name);
  const repository = await openRepository(projectRoot());
  return withOwnedFolder('railhead-environments-', async (folder) => {
    const version = await currentFiles(repository, folder);
    const sources = await openSources(repository, version, join(folder, 'files'), progress);
    const sides: EnvironmentSide[] = [];
    for (const name of [before, after]) {
      progress(`Planning ${name}`);
      sides.push(await sideOf(sources, name));
    }
    const [one, other] = sides;
    return diffEnvironments(one!, other!);
  });
}

async function sideOf(sources: Sources, name: string): Promise<EnvironmentSide> {
  const side = await evaluate(sources, name);
  if (!isEvaluated(side)) throw new StackError([...side.problems]);
  const root = projectRoot();
  const { records } = await readHistory(openStore(readEnvironment(name)), name, Infinity);
  const last = records.find((record) => outcomeOf(record) === 'succeeded');
  return {
    name,
    snapshot: side.snapshot,
    config: recordedConfig(name, { root }),
    last: last?.command === 'down' ? undefined : last,
    secrets: secretStates(root, name, secretUsers(side.context.graph), []),
  };
}
