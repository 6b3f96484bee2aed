import { railheadCommand } from '../common/commands.ts';
import type { Environment } from '../common/environment.ts';
import { projectRoot } from '../common/roots.ts';
import { requireUnchanged } from '../delivery/history/hold.ts';
import { whoRuns } from '../delivery/history/who.ts';
import type { HistoryRecord } from '../delivery/history/record.ts';
import { formerArtifacts } from '../delivery/rollback/automatic.ts';
import { commitsOf } from '../delivery/rollback/pins.ts';
import { withRelease } from '../delivery/rollback/overlay.ts';
import { releaseOf } from '../delivery/promotion/write.ts';
import { changeFiles, changesTo } from '../delivery/changed-files.ts';
import type { Context } from '../program/context.ts';
import { formatRelease } from '../releases/format.ts';
import { loadRelease } from '../releases/load.ts';
import type { ReleaseFile } from '../releases/schema.ts';
import { openStore } from '../store/open-store.ts';
import { UserError } from '../../tools/user-error.ts';
import type { UpdateEnd } from './up-end.ts';

interface Failed {
  context: Context;
  failed: Pick<UpdateEnd, 'number' | 'failed'>;
}

type Deploy = (rollback: HistoryRecord['rollback']) => Promise<number>;

/**
 * Carries out `onFailure: rollback`: deploys the artifacts of the last update that succeeded, with the stack file and the config as
 * they are. If the environment has a release file, it names these artifacts and says why. Otherwise the next update builds again.
 * Prints why it stops: the failed update is what the command reports, and must not run again.
 *
 * @param deploy deploys the environment, with a record of the rollback
 */
export async function rollBackFailed(environment: Environment, about: Failed, deploy: Deploy): Promise<void> {
  try {
    await rollBack(environment, about, deploy);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const stopped = `#${about.failed.number} failed, and \`onFailure: rollback\` did not bring the former artifacts back:`;
    const next = `To go back: ${railheadCommand(undefined, 'rollback', environment.name)}`;
    console.error(['', stopped, error.message, next].join('\n'));
  }
}

async function rollBack(
  environment: Environment,
  { context, failed }: Failed,
  deploy: Deploy,
): Promise<void> {
  const { name } = environment;
  const root = projectRoot();
  const { number } = failed;
  const store = openStore(environment, root);
  const former = await formerArtifacts(store, name, number, context);
  if ('problems' in former) {
    const stopped = `#${number} failed, and \`onFailure: rollback\` changed nothing:`;
    const next = `The former version keeps serving. To go back: ${railheadCommand(undefined, 'rollback', name)}`;
    console.error(['', stopped, ...former.problems, next].join('\n'));
    return;
  }
  const { target, pins } = former;
  console.error(`\n#${number} failed: rolling the artifacts of ${name} back to #${target.number}`);
  const rollback = { to: target.number, failed: number };
  const pinned = loadRelease(name, root);
  const { name: by } = await whoRuns(root);
  const made = releaseOf(target, { artifacts: pins, commits: commitsOf(target, pins), by });
  const stackFile = pinned?.release.rollback?.stackFile;
  const release: ReleaseFile = {
    ...made,
    stack: pinned?.release.stack ?? made.stack,
    rollback: { ...rollback, ...(stackFile !== undefined && { stackFile }), services: failed.failed },
  };
  await requireUnchanged(store, name, { command: 'up', seen: number });
  if (pinned === undefined) {
    await withRelease(root, name, release, () => deploy(rollback));
    return;
  }
  changeFiles(root, name, changesTo(root, { [pinned.file]: formatRelease(release) }));
  console.error(`${pinned.file} names the artifacts of #${target.number} now.`);
  await deploy(rollback);
}
