import { UserError } from '../../infra/stack/problem.ts';
import type { Progress } from '../command.ts';
import { buildFromModule, isBuilt } from './build.ts';
import { downloadByLauncher } from './download.ts';
import { findOnPath } from './on-path.ts';
import { placeBuilt, placeDownload, placedEngine } from './place.ts';
import type { Engine } from './types.ts';

/** The CLI that is ready to use, if there is one: on the PATH, else fetched for this clone before. */
export async function findEngine(root: string): Promise<Engine | undefined> {
  const { engine } = await findOnPath(root);
  return engine ?? placedEngine(root);
}

/**
 * As findEngine. Where there is none, in this order: what was built on this machine before, the official launcher's download,
 * a build from the Go module. Throws UserError with the reason of each.
 */
export async function ensureEngine(root: string, progress: Progress): Promise<Engine> {
  const { engine, reason } = await findOnPath(root);
  const ready = engine ?? placedEngine(root);
  if (ready) return ready;
  if (isBuilt()) return placeBuilt(root, `${reason}, built on this machine before`);
  const download = await downloadByLauncher(root, progress);
  if ('folder' in download) return placeDownload(root, download.folder, reason);
  const problem = await buildFromModule(progress);
  if (problem === undefined) return placeBuilt(root, `${reason}; ${download.problem}`);
  const reasons = [reason, download.problem, problem].map((line) => `  ${line}`).join('\n');
  throw new UserError(`There is no Pulumi CLI:\n${reasons}\nInstall the Pulumi CLI or Go, then try again.`);
}
