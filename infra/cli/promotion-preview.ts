import { buildRelease } from '../artifacts/release.ts';
import type { PreviewDocument } from '../changes/model.ts';
import { stackFilePath, type Environment } from '../common/environment.ts';
import { railheadCommand } from '../common/commands.ts';
import { packageVersion, projectRoot } from '../common/roots.ts';
import { withOwnedFolder } from '../delivery/owned-folder.ts';
import { readHistory } from '../delivery/history/read-history.ts';
import type { Promotion } from '../delivery/promotion/promote.ts';
import type { Pulumi } from '../delivery/state/read-plan.ts';
import { handRelease } from '../program/handed-release.ts';
import { formatRelease } from '../releases/format.ts';
import { parseRelease } from '../releases/load.ts';
import { openStore } from '../store/open-store.ts';
import { stackTexts } from '../stack/extend.ts';
import { UserError } from '../../tools/user-error.ts';
import { onEmptyState } from './empty-state.ts';
import { openEngine } from './engine-call.ts';
import { requirePassphrase } from './engine-environment.ts';
import { hasStack } from './ensure-stack.ts';

/**
 * Previews the update that a promotion makes possible: what runs, compared with the release that is not written yet. Returns why there
 * is no preview if this machine cannot read the state, such as without its passphrase.
 */
export async function previewPromotion(
  environment: Environment,
  promotion: Promotion,
): Promise<PreviewDocument | { reason: string }> {
  try {
    return await withOwnedFolder('railhead-promotion-', (folder) => preview(environment, promotion, folder));
  } catch (error) {
    if (error instanceof UserError) return { reason: error.message };
    throw error;
  }
}

async function preview(
  environment: Environment,
  { file, release: promoted, context, store }: Promotion,
  folder: string,
): Promise<PreviewDocument> {
  const { name } = environment;
  requirePassphrase(projectRoot(), name);
  const texts = stackTexts(stackFilePath(environment));
  const release = await buildRelease(context.graph, {
    root: projectRoot(),
    preview: true,
    containers: context.target.containers,
    progress: console.error,
    pins: { ...parseRelease(formatRelease(promoted), file), store },
  });
  const variables = handRelease(folder, context, { texts, release });
  const pulumi = await openEngine(name, 'stderr');
  const { previewState } = await import('../delivery/preview/from-state.ts');
  const on = (engine: Pulumi) =>
    previewState(engine, environment, context, console.error, { release, variables });
  const exists = await hasStack(pulumi, name);
  if (!exists) await requireNew(environment);
  const found = await (exists ? on(pulumi) : onEmptyState(pulumi, name, on));
  return { version: 1, railhead: packageVersion(), environments: [found] };
}

/** Throws UserError if an environment has been deployed from elsewhere: on an empty state, all of it would look new. */
async function requireNew(environment: Environment): Promise<void> {
  const { name } = environment;
  const [last] = (await readHistory(openStore(environment), name, 1)).records;
  if (last === undefined) return;
  throw new UserError(
    `the state of ${name} is not in the backend of this machine. #${last.number} has changed it on ${last.writer.host}. There: ${railheadCommand(name, 'preview')}`,
  );
}
