import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { Environment } from '../../common/environment.ts';
import { parseDocument } from '../../stack/document.ts';
import { loadStack } from '../../stack/load.ts';
import { treeAt } from '../../stack/tree.ts';
import { chooseTarget } from '../../targets/index.ts';
import { problemsOf } from '../check-proposals.ts';
import { overlayPath } from './overlay-text.ts';

export interface Base {
  /** Path of the stack file with which the new environment begins, relative to the project. */
  stackFile: string;
  /** Why this is not the one of the other environment; undefined if it is. */
  note: string | undefined;
}

/**
 * Returns the stack file with which an environment on another target begins. An overlay without which the former target cannot run
 * the system takes away what the other target can run: `dockerfile: null` for processes. It is not inherited.
 */
export async function chooseBase(
  source: Environment,
  { root, name, target }: { root: string; name: string; target: string },
): Promise<Base> {
  const runs = async (stackFile: string, on: string) =>
    problemsOf(() => loadStack(join(root, stackFile)), await chooseTarget({ name: source.name, target: on }))
      .length === 0;
  const [own = source.stackFile, ...extended] = chainOf(root, source.stackFile);
  const usual = { stackFile: own, note: undefined };
  if (target === source.target || !(await runs(own, source.target))) return usual;
  const left = await firstThat(extended, async (file) => !(await runs(file, source.target)));
  if (left === undefined && (await runs(own, target))) return usual;
  const ofTarget = overlayPath(own, source.name, target);
  const fits = ofTarget !== own && (await runs(ofTarget, target));
  const stackFile = fits ? ofTarget : (left ?? own);
  if (stackFile === own) return usual;
  const note = `${name} begins with ${stackFile}, not with ${own}: that one contains what the target ${source.target} needs. Write what else ${name} needs of it into its own overlay.`;
  return { stackFile, note };
}

/** Returns a stack file and those that it extends, each before the one that it extends. */
function chainOf(root: string, stackFile: string): string[] {
  const path = join(root, stackFile);
  const base = treeAt(parseDocument(readFileSync(path, 'utf8'), path), ['extends']);
  const isPath = base?.kind === 'scalar' && typeof base.value === 'string' && !posix.isAbsolute(base.value);
  return [
    stackFile,
    ...(isPath ? chainOf(root, posix.join(posix.dirname(stackFile), String(base.value))) : []),
  ];
}

async function firstThat(files: readonly string[], isIt: (file: string) => Promise<boolean>) {
  for (const file of files) if (await isIt(file)) return file;
  return undefined;
}
