import { existsSync, mkdirSync, realpathSync, rmSync, symlinkSync, lstatSync, readlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Engine } from './types.ts';

/** `.railhead/pulumi` of a clone, its PULUMI_HOME: plugins, logs, the selected stack and the CLI itself. */
export function pulumiHome(root: string): string {
  return join(root, '.railhead', 'pulumi');
}

/** The folder that goes first on the PATH, whichever engine is in use. */
export function engineFolder(root: string): string {
  return join(pulumiHome(root), 'bin');
}

/** Makes `pulumi` and its language host in `engineFolder` those of the engine. */
export function linkEngine(root: string, engine: Engine): void {
  const folder = engineFolder(root);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  link(engine.executable, join(folder, 'pulumi'));
  // The engine takes its hosts from the PATH before those beside it: an older installation on the PATH must not win.
  for (const name of ['pulumi-language-nodejs', 'pulumi-resource-pulumi-nodejs']) {
    link(join(dirname(realpathSync(engine.executable)), name), join(folder, name));
  }
}

function link(target: string, path: string): void {
  const present = lstatSync(path, { throwIfNoEntry: false });
  if (present?.isSymbolicLink() && readlinkSync(path) === target && existsSync(target)) return;
  rmSync(path, { force: true });
  if (existsSync(target)) symlinkSync(target, path);
}
