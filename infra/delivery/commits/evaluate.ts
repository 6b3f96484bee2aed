import { join, posix } from 'node:path';
import { listPinned } from '../../artifacts/pinned.ts';
import { listRelease } from '../../artifacts/listed/list-release.ts';
import type { SourceTree } from '../../artifacts/listed/source-tree.ts';
import { placesIn } from '../../changes/places.ts';
import type { PlaceOf } from '../../changes/sides.ts';
import type { Snapshot } from '../../changes/snapshot.ts';
import { readEnvironment } from '../../common/environment.ts';
import { inFolder } from '../../common/folders.ts';
import { openContext, type Context } from '../../program/context.ts';
import type { Identity } from '../../program/identity.ts';
import { planEnvironment } from '../../program/plan.ts';
import { settingsOf } from '../../program/settings.ts';
import { loadRelease } from '../../releases/load.ts';
import type { Problem } from '../../stack/problem.ts';
import type { RecordedResource } from '../../targets/shared/recorded.ts';
import { fillPlan } from '../render/filled.ts';
import { readPlainConfig } from '../plain-config.ts';
import { noSecrets } from '../render/secrets.ts';
import { problemsOf, settingProblem } from './problems.ts';

/** The files of one side of a comparison. */
export interface Sources {
  tree: SourceTree;
  /** The folder of the project in the tree. */
  below: string;
  /** The modules of targets that may be loaded, from the project in the current folder: `./targets/nomad.ts`. */
  targets: ReadonlySet<string>;
}

/** An environment as one side has it. */
export type Side = Evaluated | { problems: readonly Problem[] };

export interface Evaluated {
  snapshot: Snapshot;
  resources: RecordedResource[];
  context: Context;
  /** What an update leaves in the state about the data. */
  identity: Identity;
  /** The value of `railhead:identity`. */
  chosen: string | undefined;
  /** Places in the stack files, relative to the project. */
  places: PlaceOf;
}

/**
 * The path of the project in a plan. Paths and addresses that are derived from it are the same for all commits, and on every
 * machine.
 */
const root = '/';

/**
 * Plans an environment from the files of one side, as data: no code of them runs, and nothing outside of them is read. Needs no
 * engine, state, secret, plugin or installed package.
 */
export async function evaluate(sources: Sources, environment: string): Promise<Side> {
  const folder = folderOf(sources);
  try {
    return await plan(sources, folder, environment);
  } catch (error) {
    return { problems: problemsOf(error, folder, environment) };
  }
}

async function plan(
  { tree, below, targets }: Sources,
  folder: string,
  environment: string,
): Promise<Evaluated> {
  const { stackFile, target } = inFolder(folder, () => readEnvironment(environment, folder));
  requireInside(below, stackFile, (message) =>
    settingProblem(folder, environment, 'railhead:stackFile', message),
  );
  if (isModule(target) && !targets.has(target)) {
    const message = `names the module ${target}, which no environment of the current checkout uses: a preview never loads a module that only a commit names`;
    throw settingProblem(folder, environment, 'railhead:target', message);
  }
  const config = readPlainConfig(environment, folder);
  const settings = {
    ...settingsOf(environment, (name) => config[`railhead:${name}`]),
    root,
    preview: true,
    secrets: { has: () => true, valueOf: () => undefined },
    held: undefined,
    owner: 'preview',
  };
  const context = await openContext({
    ...settings,
    name: environment,
    root: folder,
    projectPath: root,
    within: tree.top,
  });
  const { containers } = context.target;
  const pinned = inFolder(folder, () => loadRelease(environment, folder));
  const release = pinned
    ? listPinned(context.graph, pinned, { root, containers })
    : await listRelease(context.graph, { tree, project: below, root, containers });
  const log = { progress: () => undefined, warn: () => undefined };
  const planned = await planEnvironment(settings, log, { context, release });
  return {
    snapshot: planned.snapshot(),
    resources: fillPlan(planned.resources, noSecrets),
    context,
    identity: planned.identity,
    chosen: settings.identity,
    // The stack file was loaded in the folder of the project.
    places: placesIn(context.stack),
  };
}

/** Returns the absolute path of the project in the files of a side. */
export function folderOf({ tree, below }: Sources): string {
  return join(tree.top, below);
}

export function isEvaluated(side: Side): side is Evaluated {
  return 'snapshot' in side;
}

/** Returns whether a target is a module of the project, and none of Railhead's. */
export function isModule(target: string): boolean {
  return /^\.\.?\//.test(target);
}

/** Throws an error with this message if a path of the project leads out of the repository. */
function requireInside(below: string, path: string, problem: (message: string) => Error): void {
  const target = posix.join(below, path);
  if (!posix.isAbsolute(path) && !/^\.\.(\/|$)/.test(target)) return;
  throw problem(`${JSON.stringify(path)} is outside of the repository`);
}
