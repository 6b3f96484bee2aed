import { posix } from 'node:path';
import { maxFiles } from '../../stack/mounted-files.ts';
import { treeAt, type Tree } from '../../stack/tree.ts';
import type { ImportedService } from '../facts.ts';
import { say, sayItem } from '../say.ts';
import { isFile, isFolderWithin } from '../inside.ts';
import { defaulted } from '../ledger.ts';
import { textOf } from '../read.ts';
import { sizeOf } from '../sizes.ts';
import type { Environment } from './interpolate.ts';
import { mountableFiles } from './mounted-folder.ts';

const ofCode =
  'the code runs from an artifact of its folder, with packages of its own; `up` builds it again after a change';

/** Takes the mounts of a service, each of the short form `data:/var/lib/data:ro` or of the long one. */
export function readVolumes(
  items: readonly Tree[],
  textOfItem: (tree: Tree) => string | undefined,
  service: ImportedService,
  place: FilePlace,
): void {
  const { ledger, folder } = place;
  const mounts = items.map((tree) => ({
    tree,
    ...(tree.kind === 'map' ? longForm(tree) : shortForm(textOfItem(tree) ?? '')),
  }));
  for (const { tree, inMemory } of mounts)
    if (inMemory !== undefined) sayItem(service, 'tmpfs', { ...inMemory, from: tree });
  const code = mounts
    .filter(({ source }) => isCode(source, folder, service))
    .map(({ target = '' }) => `${target.replace(/\/$/, '')}/`);
  for (const { tree, source, target, readOnly = false } of mounts) {
    if (target === undefined) continue;
    const isOfCode =
      isCode(source, folder, service) ||
      (source === undefined && code.some((folder) => target.startsWith(folder)));
    if (isOfCode) ledger.settle(tree, defaulted(ofCode));
    else if (source !== undefined && /^[./~$]/.test(source))
      mountPath({ tree, source, target, readOnly }, service, place);
    else if (service.facts.volumePath === undefined && !readOnly) {
      say(service, 'volumePath', target, tree);
      service.volumeName = source;
    } else
      sayItem(service, 'moreVolumes', { path: target, name: source, size: undefined, readOnly, from: tree });
  }
}

interface FilePlace extends Environment {
  /** Absolute path of the imported folder. */
  root: string;
}

/** Takes a mounted file or folder of the imported folder. Those elsewhere on the machine are not mounted. */
function mountPath(
  { tree, source, target, readOnly }: { tree: Tree; source: string; target: string; readOnly: boolean },
  service: ImportedService,
  { root, folder }: FilePlace,
): void {
  const path = posix.join(folder, source).replace(/\/$/, '');
  const isRelative = /^\.{1,2}\//.test(source);
  if (isRelative && isFile(root, path)) service.files.push({ source: path, path: target, from: tree });
  else if (isRelative && isFolderWithin(root, path)) {
    const files = readOnly ? mountableFiles(root, path) : undefined;
    if (files === undefined || service.files.length + files.length > maxFiles)
      sayItem(service, 'bindMounts', { source: path, path: target, readOnly, from: tree });
    else
      for (const file of files)
        service.files.push({
          source: file,
          path: posix.join(target, posix.relative(path, file)),
          from: tree,
        });
  } else sayItem(service, 'mountedFiles', { source, path: target, readOnly, from: tree });
}

/** Whether a mount is the folder that the service is built from, or one in it. */
function isCode(source: string | undefined, base: string, { facts }: ImportedService): boolean {
  const folder = facts.folder?.value;
  if (source === undefined || folder === undefined || !/^\.{1,2}(\/|$)/.test(source)) return false;
  const path = posix.join(base, source).replace(/\/$/, '');
  // Below the folder of the whole repository, data is as likely as code.
  return path === folder || path === base || (folder !== '.' && path.startsWith(`${folder}/`));
}

interface Mount {
  source?: string | undefined;
  target?: string | undefined;
  readOnly?: boolean;
  /** A folder without a source, which is empty at each start. */
  inMemory?: { path: string; size: string | undefined };
}

function shortForm(text: string): Mount {
  const [first, second, mode = ''] = text.split(':');
  const readOnly = mode.split(',').includes('ro');
  return second === undefined ? { target: first } : { source: first, target: second, readOnly };
}

function longForm(tree: Tree): Mount {
  const target = textOf(treeAt(tree, ['target']));
  const size = sizeOf(textOf(treeAt(tree, ['tmpfs', 'size'])) ?? '');
  if (textOf(treeAt(tree, ['type'])) === 'tmpfs')
    return target === undefined ? {} : { inMemory: { path: target, size } };
  const readOnly = textOf(treeAt(tree, ['read_only'])) === 'true';
  return { source: textOf(treeAt(tree, ['source'])), target, readOnly };
}
