import { neededArtifacts } from '../../artifacts/needed.ts';
import { gatewayIsImage } from '../../artifacts/programs.ts';
import { stackFilePath, type Environment } from '../../common/environment.ts';
import { withTemporaryFolder } from '../../common/temporary-folder.ts';
import { openContext } from '../../program/context.ts';
import { loadRelease, releasePath } from '../../releases/load.ts';
import { openStore } from '../../store/open-store.ts';
import { chooseTarget } from '../../targets/index.ts';
import { UserError } from '../../../tools/user-error.ts';
import type { HistoryRecord } from '../history/record.ts';
import { whoRuns } from '../history/who.ts';
import { fitArtifacts, type Fit } from './artifacts.ts';
import { comparePins, type PinChange } from './changes.ts';
import { ageProblems, currentAge, orderProblems, uncommittedProblems } from './guards.ts';
import { askHealth } from './health.ts';
import { originOf } from './origin.ts';
import { copyMissing, proveArtifacts } from './prove.ts';
import { readPromoted } from './source.ts';
import { releaseOf, writeRelease } from './write.ts';

export interface Promotion {
  /** The number of the update that is promoted. */
  number: number;
  /** The release file, relative to the project. It was written if there are changes. */
  file: string;
  changes: PinChange[];
}

interface Request {
  from: Environment;
  to: Environment;
  /** Absolute path of the project. */
  root: string;
  allowDowngrade: boolean;
  /** Receives a line for each guard that could not be applied. */
  say: (line: string) => void;
}

/**
 * Writes the release file of an environment with the artifacts that another one runs. Copies artifacts to its store, and builds none.
 * Throws UserError with all reasons not to, before anything is written.
 */
export async function promote({ from, to, root, allowDowngrade, say }: Request): Promise<Promotion> {
  const stores = { from: openStore(from, root), to: openStore(to, root) };
  const file = releasePath(to.name);
  const { record, problems } = await readPromoted(stores.from, from.name);
  const current = loadRelease(to.name, root)?.release;
  problems.push(...orderProblems(from.name, to), ...(await uncommittedProblems(root, file)));
  if (record?.release === undefined) throw refusal(from, to, problems);
  const fit = await fitTo(to, from, record);
  const origin = originOf(record, fit.pins, loadRelease(from.name, root));
  const age = allowDowngrade ? undefined : await currentAge(current, stores.to, to.name);
  problems.push(
    ...fit.problems,
    ...origin.problems,
    ...(await askHealth(from, root, record, say)),
    ...(await ageProblems(root, { record, commit: origin.commit }, age, to.name)),
  );
  return withTemporaryFolder('railhead-promote-', async (folder) => {
    const proof = await proveArtifacts(fit.pins, stores, { from: from.name, folder });
    problems.push(...proof.problems);
    if (problems.length > 0) throw refusal(from, to, problems);
    const changes = comparePins(current?.artifacts ?? {}, fit.pins);
    // Copied also without a change: the store may have lost what the file names.
    await copyMissing(proof, stores.to);
    if (changes.length > 0) {
      const { name } = await whoRuns(root);
      writeRelease(root, file, releaseOf(record, { commit: origin.commit, artifacts: fit.pins, by: name }));
    }
    return { number: record.number, file, changes };
  });
}

async function fitTo(to: Environment, from: Environment, record: HistoryRecord): Promise<Fit> {
  const { graph, target } = await openContext({ ...to, stackFile: stackFilePath(to), secrets: undefined });
  const { containers } = await chooseTarget(from);
  return fitArtifacts(record, {
    name: to.name,
    stackFile: to.stackFile,
    needed: neededArtifacts(graph, target.containers),
    hasOtherGateway: gatewayIsImage(graph, containers) !== gatewayIsImage(graph, target.containers),
  });
}

function refusal(from: Environment, to: Environment, problems: readonly string[]): UserError {
  const lines = problems.map((problem) => `  - ${problem}`);
  return new UserError(
    [`${from.name} was not promoted to ${to.name}. Nothing was written:`, ...lines].join('\n'),
  );
}
