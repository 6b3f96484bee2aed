import { existsSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { railheadCommand } from '../common/commands.ts';
import { readEnvironment, stackFilePath } from '../common/environment.ts';
import { environmentOf } from '../common/pull-request.ts';
import { projectRoot } from '../common/roots.ts';
import { isExpired } from '../delivery/pull-requests/document.ts';
import {
  formerSettings,
  generatedFiles,
  removeGenerated,
  writeGenerated,
} from '../delivery/pull-requests/files.ts';
import { readMark } from '../delivery/pull-requests/mark.ts';
import { overlayText } from '../delivery/pull-requests/overlay.ts';
import { localState, type LocalState } from '../delivery/local-state.ts';
import { recover } from '../delivery/recover.ts';
import { requireFree } from '../delivery/history/holder.ts';
import { Busy, clearFolder, inTurn, removeFolder } from '../delivery/turn.ts';
import { openStore } from '../store/open-store.ts';
import { loadStack } from '../stack/load.ts';
import { UserError } from '../../tools/user-error.ts';
import { alone, runFolder } from './alone.ts';
import { openEngine } from './engine-call.ts';
import { hasStack } from './ensure-stack.ts';
import { runOwn } from './own-command.ts';
import { notOurs } from './pr-up.ts';

interface Options {
  /** The environment that it was made from, if its stack does not exist. */
  from: string;
  wait: boolean;
  /** Whether to keep it if it has not expired: an update may have renewed it meanwhile. */
  onlyExpired: boolean;
  /** Whether stdout is needed for JSON. */
  quiet: boolean;
}

export type Removal = 'removed' | 'kept' | 'nothing';

/**
 * Removes the environment of a pull request with its data, its state and its files. Can be repeated after any failure. Throws Busy if
 * it is in use, and UserError, also if it is not one that `pr up` has made.
 */
export async function pullRequestDown(number: number, options: Options): Promise<Removal> {
  const { from: given, wait, onlyExpired, quiet } = options;
  const root = projectRoot();
  const name = environmentOf(number);
  const outside = await openEngine(given, 'stderr');
  const again = onlyExpired
    ? railheadCommand(given, 'pr', 'reap')
    : railheadCommand(given, 'pr', 'down', String(number), '--wait');
  const inspect = async () => {
    if (!(await hasStack(outside, name))) return undefined;
    const mark = await readMark(outside, name);
    if (mark === undefined) throw notOurs(name);
    if (onlyExpired && !isExpired(mark)) return 'kept' as const;
    restore(root, mark.from, number);
    // Both throw Busy while an update runs.
    const environment = readEnvironment(name);
    await inTurn(wait, () => requireFree(openStore(environment), name, 'down'));
    await recover(await openEngine(name, 'stderr'), environment);
    return mark;
  };
  const found = await alone('down', name, wait, inspect, again);
  if (found === 'kept') return 'kept';
  const files = generatedFiles(readEnvironment(found?.from ?? given).stackFile, number);
  if (found !== undefined) {
    const words = ['down', '-s', name, '--data', '--yes', ...(wait ? ['--wait'] : [])];
    const { code, errors, busy } = await runOwn(words, quiet);
    if (busy) throw new Busy(errors.trim());
    if (code !== 0) throw new UserError(`${name} was not removed: \`down\` ended with exit code ${code}.`);
  }
  const forget = async () => {
    if (found !== undefined) {
      const pulumi = await openEngine(name, 'stderr');
      const { code, problem } = await pulumi.read(['stack', 'rm', name, '--yes', '--remove-backups']);
      if (code !== 0) throw new UserError(problem);
      removeEmptyFolders(localState(pulumi, name));
    } else if (formerSettings(root, files) === undefined) return;
    removeGenerated(root, files);
    rmSync(join(root, '.railhead', name), { recursive: true, force: true });
    clearFolder(runFolder(name));
  };
  await alone('down', name, wait, forget, again);
  removeFolder(runFolder(name));
  return found === undefined ? 'nothing' : 'removed';
}

/** Pulumi leaves the folders of a stack that it has removed. */
function removeEmptyFolders(state: LocalState | undefined): void {
  if (state === undefined) return;
  for (const folder of [state.backups, state.history, state.locks]) {
    if (existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder);
  }
}

/** Writes the files of a pull request that another machine has made: a removal needs the target and the backend, and no secret. */
function restore(root: string, from: string, number: number): void {
  const source = readEnvironment(from);
  const files = generatedFiles(source.stackFile, number);
  if (formerSettings(root, files) !== undefined) return;
  const { stack } = loadStack(stackFilePath(source));
  const chosen = {
    services: Object.keys(stack.services),
    left: [],
    shared: [],
    routes: stack.gateway?.routes.map((_, index) => index) ?? [],
  };
  const text = overlayText(source.stackFile, { stack, shared: new Map() }, chosen, number);
  writeGenerated(root, files, { from, former: undefined, number, text });
}
