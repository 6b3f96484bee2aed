import { mkdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import { SourceTree } from '../../artifacts/listed/source-tree.ts';
import type { ComponentChange } from '../../changes/compare.ts';
import { environmentNames, readEnvironment } from '../../common/environment.ts';
import { projectRoot } from '../../common/roots.ts';
import { UserError } from '../../../tools/user-error.ts';
import { withOwnedFolder } from '../owned-folder.ts';
import { writeFiles } from './checkout.ts';
import { evaluate, folderOf, isEvaluated, isModule, type Side, type Sources } from './evaluate.ts';
import { hashIn, programChanges, type ProgramChanges, type ProgramSources } from './program-changes.ts';
import { currentFiles, findCommit, openRepository, type Repository, type Version } from './repository.ts';
import { resourceChanges } from './resource-changes.ts';

/** A commit to show. The hash is empty for the working tree. */
export interface ShownCommit {
  hash: string;
  subject: string;
}

export interface ComparedCommits {
  base: ShownCommit;
  head: ShownCommit;
  environments: ComparedEnvironment[];
  /** Code that runs in an update and whose effect the comparison does not contain. */
  program: ProgramChanges;
}

export interface ComparedEnvironment {
  name: string;
  /** Absent if this side has no such environment. */
  before?: Side;
  after?: Side;
  /** Whether `Pulumi.<name>.yaml` differs, which also holds secrets that no comparison reads. */
  settings: boolean;
  /** What an update would do; empty if a side has problems. */
  resources: ComponentChange[];
}

interface Options {
  /** The former commit, as git names it: a hash, `origin/main`. */
  base: string;
  /** The later commit; by default the files as they are. */
  head?: string | undefined;
  /** Only this environment. */
  environment?: string | undefined;
  /** Receives a line for each step that can take long. */
  progress: (line: string) => void;
}

/**
 * Compares the environments of two commits of the project's repository, by the resources that they plan. The commits are data:
 * none of their code runs. Nothing is changed in the repository. Throws UserError.
 */
export async function compareCommits(options: Options): Promise<ComparedCommits> {
  const { base, head, progress } = options;
  const repository = await openRepository(projectRoot());
  return withOwnedFolder('railhead-commits-', async (folder) => {
    const former = await findCommit(repository, base);
    const later =
      head === undefined ? await currentFiles(repository, folder) : await findCommit(repository, head);
    const before = await openSources(repository, former, join(folder, 'base'), progress);
    const after = await openSources(repository, later, join(folder, 'head'), progress);
    const environments: ComparedEnvironment[] = [];
    for (const name of chosenNames(before, after, options)) {
      progress(`Planning ${name}`);
      const sides = { before: await sideOf(before, name), after: await sideOf(after, name) };
      const file = posix.join(before.below, `Pulumi.${name}.yaml`);
      const settings = (await hashIn(before, file)) !== (await hashIn(after, file));
      environments.push({ ...compareSides(name, sides), settings });
    }
    const program = await programChanges(
      codeOf(
        before,
        environments.map((environment) => environment.before),
      ),
      codeOf(
        after,
        environments.map((environment) => environment.after),
      ),
    );
    return { base: shown(former), head: shown(later), environments, program };
  });
}

/** Writes the files of a version to a new folder, and lists them. */
export async function openSources(
  repository: Repository,
  version: Version,
  folder: string,
  progress: Options['progress'],
): Promise<Sources> {
  progress(`Reading ${version.hash.slice(0, 12) || version.subject}`);
  mkdirSync(folder);
  await writeFiles(repository, version, folder);
  return {
    tree: await SourceTree.open(folder),
    below: repository.below,
    targets: moduleTargets(projectRoot()),
  };
}

/** Returns the environments of either side, or the chosen one. Throws UserError if there is none of its name. */
function chosenNames(before: Sources, after: Sources, { environment, base, head }: Options): string[] {
  const names = new Set([before, after].flatMap((sources) => environmentNames(folderOf(sources))));
  if (environment === undefined) return [...names].toSorted();
  if (names.has(environment)) return [environment];
  const known = [...names].toSorted().join(', ') || 'none';
  throw new UserError(
    `Neither ${base} nor ${head ?? 'the files as they are'} has an environment ${JSON.stringify(environment)}. Known: ${known}.`,
  );
}

async function sideOf(sources: Sources, name: string): Promise<Side | undefined> {
  return environmentNames(folderOf(sources)).includes(name) ? evaluate(sources, name) : undefined;
}

function compareSides(
  name: string,
  { before, after }: { before: Side | undefined; after: Side | undefined },
): Omit<ComparedEnvironment, 'settings'> {
  const isInvalid = [before, after].some((side) => side !== undefined && !isEvaluated(side));
  const [old, now] = [before, after].map((side) => (side && isEvaluated(side) ? side.resources : []));
  return {
    name,
    ...(before && { before }),
    ...(after && { after }),
    resources: isInvalid ? [] : resourceChanges(old ?? [], now ?? []),
  };
}

function codeOf(sources: Sources, sides: readonly (Side | undefined)[]): ProgramSources {
  const folders = sides.flatMap((side) =>
    side && isEvaluated(side) ? (side.context.stack.stack.policy.rules ?? []) : [],
  );
  return { ...sources, modules: [...moduleTargets(folderOf(sources))], folders };
}

/** Returns the modules that environments of a project name as their targets: `./targets/nomad.ts`. */
function moduleTargets(folder: string): ReadonlySet<string> {
  const targets = environmentNames(folder).flatMap((name) => {
    try {
      return readEnvironment(name, folder).target;
    } catch (error) {
      // The environment is reported where it is planned.
      if (error instanceof UserError) return [];
      throw error;
    }
  });
  return new Set(targets.filter(isModule));
}

function shown({ hash, subject }: Version): ShownCommit {
  return { hash, subject };
}
