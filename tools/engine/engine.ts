import { UserError } from '../user-error.ts';
import type { Progress } from '../command.ts';
import { buildFromModule, isBuilt } from './build.ts';
import { downloadByLauncher } from './download.ts';
import { findOnPath } from './on-path.ts';
import { placeBuilt, placeDownload, placedEngine } from './place.ts';
import type { Engine } from './types.ts';

/** Returns an available CLI, if any: from the PATH, else fetched for this project before, else built on this machine. */
export async function findEngine(root: string): Promise<Engine | undefined> {
  const { engine, reason } = await findOnPath(root);
  return engine ?? engineOfMachine(root, reason);
}

/**
 * Returns an available CLI as findEngine does, or else fetches one: with the official launcher, or else by a build
 * from the Go module. Throws UserError with the reason of each failure.
 */
export async function ensureEngine(root: string, progress: Progress): Promise<Engine> {
  const { engine, reason } = await findOnPath(root);
  const ready = engine ?? engineOfMachine(root, reason);
  if (ready) return ready;
  const download = await downloadByLauncher(root, progress);
  if ('folder' in download) return placeDownload(root, download.folder, reason);
  const problem = await buildFromModule(progress);
  if (problem === undefined) return placeBuilt(root, `${reason}; ${download.problem}`);
  const reasons = [reason, download.problem, problem].map((line) => `  ${line}`).join('\n');
  throw new UserError(`There is no Pulumi CLI:\n${reasons}\nInstall the Pulumi CLI or Go, then try again.`);
}

function engineOfMachine(root: string, reason: string): Engine | undefined {
  const placed = placedEngine(root);
  return placed ?? (isBuilt() ? placeBuilt(root, `${reason}, built on this machine before`) : undefined);
}
