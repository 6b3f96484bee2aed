import { neededArtifacts } from '../../artifacts/needed.ts';
import { railheadCommand } from '../../common/commands.ts';
import { stackFilePath, type Environment } from '../../common/environment.ts';
import { readProject } from '../../common/project.ts';
import { secretNames } from '../../graph/conditions.ts';
import { openContext, type Context } from '../../program/context.ts';
import { loadRelease } from '../../releases/load.ts';
import type { ReleaseFile } from '../../releases/schema.ts';
import { openStore } from '../../store/open-store.ts';
import { UserError } from '../../../tools/user-error.ts';
import type { FileChange } from '../changed-files.ts';
import { crossedMigrations, type Crossing } from '../history/crossed-migrations.ts';
import type { HistoryRecord } from '../history/record.ts';
import { migratingOf, recordedStack } from '../history/recorded-stack.ts';
import { whoRuns } from '../history/who.ts';
import { withOwnedFolder } from '../owned-folder.ts';
import { proveArtifacts } from '../promotion/prove.ts';
import { releaseOf } from '../promotion/write.ts';
import { chooseUpdate, type Choice } from './choose.ts';
import { compareConfig, currentConfig, type ConfigChanges } from './config.ts';
import { copiesFolder, copiesOf, filesFor, ownStackFile } from '../restore/files.ts';
import { crossingProblems, releaseProblems, targetProblems, uniteCrossings } from './guards.ts';
import { withOverlay, type Overlay } from './overlay.ts';
import { commitsOf, pinsOf } from './pins.ts';
import { formerSecrets, goneSecrets } from './secrets.ts';

export interface Request {
  environment: Environment;
  /** Absolute path of the project. */
  root: string;
  /** The number of the update; by default the last one before what runs. */
  to: number | undefined;
  /** Names of the secrets that get their former value. */
  withSecrets: readonly string[];
  acrossMigrations: boolean;
}

/** What a rollback would do. */
export interface RollbackPlan {
  target: HistoryRecord;
  crossings: Crossing[];
  config: ConfigChanges;
  files: FileChange[];
  /** The environment as it will be. */
  overlay: Overlay;
  context: Context;
}

/**
 * Plans a rollback and passes it to `use`. Meanwhile this process reads the environment as it will be. Writes nothing but an
 * overlay in `.railhead`. Throws UserError with all reasons not to roll back.
 */
export async function planRollback<T>(request: Request, use: (plan: RollbackPlan) => Promise<T>): Promise<T> {
  const { environment, root, to, withSecrets, acrossMigrations } = request;
  const { name } = environment;
  const choice = await chooseUpdate(openStore(environment, root), name, to);
  const { target } = choice;
  const current = loadRelease(name, root)?.release;
  const crossings = await crossingsOf(choice);
  const former = await formerSecrets(root, target, withSecrets);
  const problems = [
    ...former.problems,
    ...targetProblems(target, environment),
    ...(await releaseProblems(root, name, current, choice.replaced)),
    ...(acrossMigrations ? [] : crossingProblems(name, to, crossings)),
  ];
  const stack = recordedStack(target);
  const copies = copiesOf(root, copiesFolder(name), stack);
  const isCopied = Object.keys(copies).length > 0;
  const stackFile = isCopied ? `${copiesFolder(name)}/${stack.file}` : stack.file;
  const config = compareConfig(
    currentConfig(name, root),
    target.declared?.config ?? {},
    readProject(root).name,
  );
  const values = {
    ...Object.fromEntries(config.changes.map(({ key, after }) => [key, after])),
    ...former.values,
    ...(stackFile !== environment.stackFile && { 'railhead:stackFile': stackFile }),
  };
  const { name: by } = await whoRuns(root);
  const releaseWithPins = (artifacts: ReleaseFile['artifacts']): ReleaseFile => {
    const release = releaseOf(target, { artifacts, commits: commitsOf(target, artifacts), by });
    return {
      ...release,
      stack: { ...release.stack, ...(isCopied && { copies: copiesFolder(name) }) },
      rollback: { to: target.number, stackFile: ownStackFile(environment, current?.rollback) },
    };
  };
  const release = releaseWithPins({});
  return withOverlay({ root, name, stack, config: values, release }, async (overlay) => {
    const context = await openFormer(environment, overlay, target);
    problems.push(...goneSecrets(target, secretNames(context.graph), environment, withSecrets));
    const artifacts = await provenPins(environment, root, { target, context, problems });
    if (problems.length > 0) throw refusal(target, problems);
    const pinned = releaseWithPins(artifacts);
    overlay.pin(pinned);
    const files = filesFor(root, environment, { release: pinned, config: values, copies });
    return use({ target, crossings, config, files, overlay, context });
  });
}

/** Returns the migrations that what runs may have applied, and that the former update does not have. */
async function crossingsOf({ target, replaced }: Choice): Promise<Crossing[]> {
  const other = await migratingOf(target);
  const known = replaced.filter(({ declared }) => declared !== undefined);
  const applied = await Promise.all(known.map(migratingOf));
  return uniteCrossings(applied.flatMap((one) => crossedMigrations(one, other)));
}

/** Opens the environment with the stack files of a former update. Throws UserError. */
async function openFormer(
  environment: Environment,
  overlay: Overlay,
  target: HistoryRecord,
): Promise<Context> {
  const stackFile = stackFilePath({ ...environment, stackFile: overlay.stackFile });
  try {
    return await openContext({ ...environment, stackFile, secrets: undefined });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw refusal(target, [`Its stack file is not valid with this version of Railhead:\n${error.message}`]);
  }
}

/** Returns the artifacts of an update, each read and compared with its digest. Adds the reasons why one cannot run again. */
async function provenPins(
  environment: Environment,
  root: string,
  { target, context, problems }: { target: HistoryRecord; context: Context; problems: string[] },
): Promise<ReleaseFile['artifacts']> {
  const store = openStore(environment, root);
  const found = pinsOf(target, neededArtifacts(context.graph, context.target.containers));
  problems.push(...found.problems);
  const next = `Choose another update: ${railheadCommand(environment.name, 'history')}`;
  await withOwnedFolder('railhead-rollback-', async (folder) => {
    const proof = await proveArtifacts(
      found.pins,
      { from: store, to: store },
      {
        ...{ from: environment.name, folder, next },
      },
    );
    problems.push(...proof.problems);
  });
  return found.pins;
}

function refusal({ environment, number }: HistoryRecord, problems: readonly string[]): UserError {
  const lines = problems.map((problem) => `  - ${problem}`);
  return new UserError(
    [`${environment} was not rolled back to #${number}. Nothing was changed:`, ...lines].join('\n'),
  );
}
