import { dirname, join } from 'node:path';
import { openFolder } from '../../runtimes/folder.ts';
import { isWorkspace } from '../../runtimes/packages.ts';
import type { Tree } from '../../stack/tree.ts';
import { defaulted, leavesOf, type Ledger } from '../ledger.ts';
import { textOf } from '../read.ts';

/** A command that names packages of a workspace: `pnpm --filter api build`, `yarn workspace api build`, `npm run build -w api`. */
const ofWorkspace =
  /(^|[\s;&|])(pnpm|yarn|npm|bun|turbo)(@\S+)?\s([^;&|]*\s)?(--filter|-F|--workspaces?|--workspace-root|-w|workspaces?)([\s=]|$)/;

const ofSource = defaulted('`source` is the folder of the workspace, whose packages the command names');

/**
 * Returns the folder in which the commands of a file run: that of the file, or the workspace above it whose packages they name.
 * Railway runs them in the repository unless a field names another folder.
 */
export function commandFolder(tree: Tree, folder: string, root: string, ledger: Ledger): string {
  const commands = leavesOf(tree).filter((leaf) => ofWorkspace.test(textOf(leaf) ?? ''));
  if (commands.length === 0) return folder;
  for (let above = folder; above !== '.';) {
    above = dirname(above);
    if (!isWorkspace(openFolder(join(root, above)))) continue;
    for (const command of commands) ledger.settle(command, ofSource);
    return above;
  }
  return folder;
}
