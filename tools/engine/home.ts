import { existsSync, mkdirSync, realpathSync, rmSync, symlinkSync, lstatSync, readlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Engine } from './types.ts';

/**
 * Returns the PULUMI_HOME of a project, `.railhead/pulumi`, which holds plugins, logs, the selected stack and the CLI.
 */
export function pulumiHome(root: string): string {
  return join(root, '.railhead', 'pulumi');
}

/** Returns the folder that comes first on the PATH, for every engine. */
export function engineFolder(root: string): string {
  return join(pulumiHome(root), 'bin');
}

/** Links `pulumi` and its language host in `engineFolder` to those of the engine. */
export function linkEngine(root: string, engine: Engine): void {
  const folder = engineFolder(root);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  link(engine.executable, join(folder, 'pulumi'));
  // The engine prefers hosts on the PATH to those in its own folder, so an older installation on the PATH could be
  // used.
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
