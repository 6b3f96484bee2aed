import { posix } from 'node:path';
import { treeAt, type Tree } from '../../stack/tree.ts';
import { isInside } from '../inside.ts';
import { cannot, childrenOf, defaulted } from '../ledger.ts';
import { itemsOf, textOf, textsOf } from '../read.ts';
import { treeOf, type ComposeFiles } from './extends.ts';
import { readEnvFile } from './env-files.ts';
import { namedFiles } from './own-variables.ts';
import { mergeFiles } from './merge.ts';

/** A Compose file with its overrides, and where its paths and variables come from. */
export interface Project {
  tree: Tree;
  /** The first of its files. */
  file: string;
  /** Folder to which its paths are relative. */
  folder: string;
  /** Its variables, of the `.env` of the first project before its own. */
  values: Tree | undefined;
}

const maxDepth = 8;

/** Returns the projects that the files of a project include, and that project last. */
export async function projectsOf(paths: string[], files: ComposeFiles): Promise<Project[]> {
  const [file = ''] = paths;
  const folder = posix.dirname(file);
  const own = readEnvFile(files.root, posix.join(folder, '.env'), files.imported);
  // If COMPOSE_FILE names a file in another folder, Compose also reads the .env that sets COMPOSE_FILE.
  const isNamed = folder !== '.' && namedFiles(files.root)[0] === file;
  const outer = isNamed ? readEnvFile(files.root, '.env', files.imported) : undefined;
  const values = over(outer, own);
  for (const [name, value] of childrenOf(outer))
    if (values !== undefined && treeAt(values, [name]) !== value)
      files.ledger.settleOtherwise(value, replaced);
  return await read({ paths, folder, values }, files, 0);
}

const ofSystem = defaulted('its services are services of this system');
const unreadable = cannot('the file cannot be read here', 'copy it into this folder, then import again');

interface Source {
  paths: string[];
  folder: string;
  values: Tree | undefined;
}

async function read(
  { paths, folder, values }: Source,
  files: ComposeFiles,
  depth: number,
): Promise<Project[]> {
  const tree = await mergedTree(paths, files);
  if (tree === undefined) return [];
  const found: Project[] = [];
  for (const clause of itemsOf(treeAt(tree, ['include']))) {
    const source = sourceOf(clause, { folder, values }, files);
    const key = JSON.stringify([source?.paths, source?.folder]);
    const isKnown = source !== undefined && files.included.has(key);
    files.included.add(key);
    const included =
      source === undefined || isKnown || depth === maxDepth ? [] : await read(source, files, depth + 1);
    files.ledger.settle(clause, included.length > 0 || isKnown ? ofSystem : unreadable);
    found.push(...included);
  }
  return [...found, { tree, file: paths[0] ?? '', folder, values }];
}

/** Returns the files that an `include` names: one, or one with its overrides. */
function sourceOf(
  clause: Tree,
  { folder, values }: Pick<Source, 'folder' | 'values'>,
  { root, imported }: ComposeFiles,
): Source | undefined {
  const path = clause.kind === 'map' ? treeAt(clause, ['path']) : clause;
  const paths = (path === undefined ? [] : textsOf(path)).map((text) => posix.join(folder, text));
  const [first] = paths;
  if (first === undefined || paths.some((text) => !isInside(text) || text.includes(':'))) return undefined;
  const named = clause.kind === 'map' ? treeAt(clause, ['project_directory']) : undefined;
  const own = named === undefined ? posix.dirname(first) : posix.join(folder, textOf(named) ?? '.');
  const envFiles = clause.kind === 'map' ? treeAt(clause, ['env_file']) : undefined;
  const variables = (envFiles === undefined ? [] : textsOf(envFiles)).map((text) => posix.join(folder, text));
  const found = (envFiles === undefined ? [posix.join(own, '.env')] : variables)
    .filter(isInside)
    .map((text) => readEnvFile(root, text, imported));
  return { paths, folder: own, values: [...found, values].reduce(over, undefined) };
}

/** Returns variables with others over them. */
function over(one: Tree | undefined, other: Tree | undefined): Tree | undefined {
  if (one?.kind !== 'map' || other?.kind !== 'map') return other ?? one;
  return { ...one, entries: new Map([...one.entries, ...other.entries]) };
}

const replaced = defaulted('another file has another value, which holds');

async function mergedTree(paths: string[], files: ComposeFiles): Promise<Tree | undefined> {
  let whole: Tree | undefined;
  for (const path of paths) {
    const tree = await treeOf(path, files);
    if (tree !== undefined)
      whole = whole === undefined ? tree : mergeFiles(whole, tree, { ...files, replaced });
  }
  return whole;
}
