import { basename, dirname } from 'node:path';
import { parse } from 'yaml';
import { runtimeKinds } from '../runtimes/index.ts';
import { parseManifest } from './manifest.ts';
import type { Repository, Unit } from './types.ts';

/** Files that mark a folder as a possible service: those of every runtime, and these. */
const markers = ['Procfile', 'Dockerfile', ...Object.values(runtimeKinds).flatMap((kind) => kind.markers)];

/** Pages mark a folder only if it does not belong to a program: programs have pages of their own. */
const pages = ['index.html', 'public/index.html', 'index.php', 'public/index.php'];

const strong = markers.filter((name) => !pages.includes(name));

/** Folders with the pages of a program. */
const parts = /(^|\/)(public|src|app|assets|resources|templates|views)(\/|$)/;

/** A folder with a program and no manifest, in a folder that usually contains services. */
const bareProgram = /^(services|apps)\/[^/]+\/main\.(ts|js)$/;

/** Folders that `init` writes to. */
const own = /^(infra|stacks)(\/|$)/;

const maxDepth = 4;

/** Finds the folders that may contain a service: those with a marker, in the order of their paths. */
export function findUnits(repository: Repository): Unit[] {
  const isMember = workspaceRule(repository);
  const isPossible = (folder: string) => !own.test(folder) && folder.split('/').length <= maxDepth;
  const programs = repository.files
    .filter((file) => basename(file) !== 'package.json' || isMember(dirname(file)))
    .flatMap((file) => (bareProgram.test(file) ? [dirname(file)] : markedBy(file, strong)))
    .filter(isPossible);
  const unique = new Set(programs);
  const sites = repository.files.flatMap((file) => markedBy(file, pages)).filter(isPossible);
  // Outer folders come first: a site contains the pages below it.
  for (const folder of sites.toSorted((one, other) => one.length - other.length)) {
    const isPart =
      parts.test(folder) || [...unique].some((outer) => outer !== '.' && isWithin(folder, outer));
    if (!isPart) unique.add(folder);
  }
  const files = Map.groupBy(repository.files, (file) => ownerOf(file, unique));
  return [...unique].toSorted().map((folder) => unitOf(repository, folder, files.get(folder) ?? []));
}

/** Returns the folders that a file marks: `site/public/index.html` marks `site` and `site/public`. */
function markedBy(file: string, names: readonly string[]): string[] {
  return names.flatMap((name) => {
    if (name.startsWith('*')) return file.endsWith(name.slice(1)) ? [dirname(file)] : [];
    if (file !== name && !file.endsWith(`/${name}`)) return [];
    return [file.slice(0, -name.length - 1) || '.'];
  });
}

function isWithin(folder: string, other: string): boolean {
  return `${folder}/`.startsWith(`${other}/`);
}

/** Returns the innermost unit that contains a file; undefined if none does. */
function ownerOf(file: string, units: ReadonlySet<string>): string | undefined {
  if (own.test(file)) return undefined;
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    if (units.has(folder)) return folder;
    if (folder === '.') return undefined;
  }
}

/** `all`: the files of the unit, relative to the repository. */
function unitOf(repository: Repository, folder: string, all: readonly string[]): Unit {
  const start = folder === '.' ? '' : `${folder}/`;
  const files = all.map((file) => file.slice(start.length));
  const text = (path: string) => (files.includes(path) ? repository.text(`${start}${path}`) : '');
  const { name } = parseManifest(text('package.json')) ?? {};
  return { folder, name: name ?? basename(folder === '.' ? repository.root : folder), files, text };
}

/** Returns whether a folder's package.json counts: all do, unless the repository declares workspaces. */
function workspaceRule(repository: Repository): (folder: string) => boolean {
  const globs = workspaceGlobs(repository);
  if (globs.length === 0) return () => true;
  const matches = (folder: string, list: string[]) => list.some((glob) => globPattern(glob).test(folder));
  const excluded = globs.filter((glob) => glob.startsWith('!')).map((glob) => glob.slice(1));
  const included = globs.filter((glob) => !glob.startsWith('!'));
  return (folder) => folder === '.' || (matches(folder, included) && !matches(folder, excluded));
}

/** Returns the globs of npm, Yarn and pnpm workspaces; none without workspaces. */
function workspaceGlobs({ files, text }: Repository): string[] {
  const { workspaces } = parseManifest(files.includes('package.json') ? text('package.json') : '') ?? {};
  const pnpm = files.includes('pnpm-workspace.yaml') ? pnpmGlobs(text('pnpm-workspace.yaml')) : [];
  return [...(workspaces ?? []), ...pnpm];
}

function pnpmGlobs(text: string): string[] {
  try {
    const { packages } = (parse(text, { logLevel: 'silent' }) ?? {}) as { packages?: unknown };
    return Array.isArray(packages) ? packages.filter((glob) => typeof glob === 'string') : [];
  } catch {
    return []; // pnpm reports the problem.
  }
}

/** Converts a workspace glob, such as `packages/*`, to a regular expression. */
function globPattern(glob: string): RegExp {
  const parts = glob
    .replace(/^\.\//, '')
    .replace(/\/$/, '')
    .split('/')
    .map((part) =>
      part === '**' ? '.+' : part.replace(/[.+^${}()|[\]\\?]/g, '\\$&').replaceAll('*', '[^/]*'),
    );
  return new RegExp(`^${parts.join('/')}$`);
}
