import { existsSync, readFileSync } from 'node:fs';
import { join, posix, relative } from 'node:path';
import { environmentNames, readEnvironment, type Environment } from '../../common/environment.ts';
import { npmCommand, railheadCommand } from '../../common/commands.ts';
import { whoRuns } from '../../delivery/history/who.ts';
import { secretUsers, type SecretUse } from '../../graph/secret-users.ts';
import { buildGraph } from '../../graph/graph.ts';
import type { CheckedGraph } from '../../graph/types.ts';
import { formatRelease } from '../../releases/format.ts';
import { loadRelease, releasePath } from '../../releases/load.ts';
import { loadStack, parseStack, type LoadedStack } from '../../stack/load.ts';
import { label } from '../../stack/names.ts';
import { formatProblems, StackError } from '../../stack/problem.ts';
import { chooseTarget } from '../../targets/index.ts';
import { UserError } from '../../../tools/user-error.ts';
import type { Change } from '../types.ts';
import { requireWritable } from '../writable.ts';
import { chooseBase, type Base } from './choose-base.ts';
import { overlayPath, overlayText } from './overlay-text.ts';
import { settingsText } from './settings-text.ts';

export interface EnvironmentRequest {
  /** Absolute path of the project. */
  root: string;
  /** The new environment. */
  name: string;
  /** The environment that it begins with. */
  from: string;
  /** Its target, if not that of `from`. */
  target: string | undefined;
}

export interface EnvironmentPlan {
  name: string;
  from: string;
  target: string;
  /** New files, in the order in which they are shown and written. */
  changes: Change[];
  /** Files that exist and are used as they are. */
  kept: string[];
  /** What the environment needs a value for. */
  secrets: SecretUse[];
  notes: string[];
}

/** Plans the files of a new environment, which begins like another one. Reads only. Throws UserError if that is not possible. */
export async function planEnvironment(request: EnvironmentRequest): Promise<EnvironmentPlan> {
  const { root, name, from } = request;
  requireName(name, root);
  const source = readEnvironment(from, root);
  const target = request.target ?? source.target;
  const isOther = target !== source.target;
  const path = overlayPath(source.stackFile, from, name);
  const base = await chooseBase(source, { root, name, target });
  const overlay = overlayOf(source, { root, name, path, base });
  const graph = await check(overlay.stack, { root, name, from, target, path });
  const settings = settingsText(readFileSync(join(root, `Pulumi.${from}.yaml`), 'utf8'), {
    ...{ stackFile: path, from },
    target: isOther ? target : undefined,
  });
  const release = isOther ? undefined : await releaseText(root, source);
  const files = [
    { path: `Pulumi.${name}.yaml`, text: settings.text },
    { path, text: overlay.text },
    ...(release === undefined ? [] : [{ path: releasePath(name), text: release }]),
  ];
  const isKept = (file: string) => existsSync(join(root, file));
  const changes = files
    .filter((file) => !isKept(file.path))
    .map((file) => ({ path: file.path, before: undefined, after: file.text }));
  requireWritable(root, changes);
  return {
    ...{ name, from, target, changes },
    kept: files.map((file) => file.path).filter(isKept),
    secrets: secretUsers(graph),
    notes: [
      ...(base.note === undefined || isKept(path) ? [] : [base.note]),
      ...notesOf({ name, from, secrets: settings.secrets, hasEsc: settings.hasEsc }),
    ],
  };
}

/** Throws UserError for a name that exists, or that host names and namespaces cannot contain. */
function requireName(name: string, root: string): void {
  if (environmentNames(root).includes(name)) {
    throw new UserError(
      `There is an environment ${name} already: Pulumi.${name}.yaml exists. Nothing was written. To deploy it: ${npmCommand('up', name)}`,
    );
  }
  if (label.safeParse(name).success) return;
  throw new UserError(
    `${JSON.stringify(name)} cannot name an environment: the name becomes part of host names and namespaces. Use lower-case letters, digits and hyphens, at most 40, with a letter first. Nothing was written.`,
  );
}

interface Overlay {
  stack: LoadedStack;
  text: string;
}

/** Returns the overlay: as it is if the file exists, else the one to write. Throws StackError. */
function overlayOf(
  source: Environment,
  { root, name, path, base }: { root: string; name: string; path: string; base: Base },
): Overlay {
  const shown = relative(process.cwd(), join(root, path));
  if (existsSync(join(root, path))) return { stack: loadStack(shown), text: '' };
  const file = join(root, base.stackFile);
  const { domain, routes = [] } = loadStack(relative(process.cwd(), file)).stack.gateway ?? {};
  const text = overlayText({
    base: base.stackFile,
    baseText: readFileSync(file, 'utf8'),
    like: base.note === undefined ? source.name : posix.basename(base.stackFile),
    from: source.name,
    ...{ name, domain, routes },
  });
  return { stack: parseStack(text, shown), text };
}

interface Checked extends Omit<EnvironmentRequest, 'target'> {
  target: string;
  /** Path of the overlay, relative to the project. */
  path: string;
}

/** Checks that the environment could run on its target. Its secrets have no values yet. Throws UserError with all problems. */
async function check(stack: LoadedStack, { root, name, from, target, path }: Checked): Promise<CheckedGraph> {
  const chosen = await chooseTarget({ name, target });
  try {
    return buildGraph(stack, name, { target: chosen });
  } catch (error) {
    if (!(error instanceof StackError)) throw error;
    const others = environmentNames(root).filter((other) => other !== from && runsOn(other, root, target));
    const advice = existsSync(join(root, path))
      ? `Correct ${path}, which exists.`
      : `Write ${path} first, with what differs from ${from}, and run the command again: it uses a file that exists.`;
    throw new UserError(
      [
        ...formatProblems(error.problems),
        '',
        `${name} would not run like this on the target ${target}. Nothing was written.`,
        advice,
        ...others.map(
          (other) =>
            `Or begin with ${other}, which runs on it: ${railheadCommand(undefined, 'env', 'add', name, '--from', other)}`,
        ),
      ].join('\n'),
    );
  }
}

function runsOn(name: string, root: string, target: string): boolean {
  return readEnvironment(name, root).target === target;
}

/** Returns the text of a release file with the artifacts of another environment. Undefined if that one builds what it runs. */
async function releaseText(root: string, from: Environment): Promise<string | undefined> {
  const pinned = loadRelease(from.name, root)?.release;
  if (pinned === undefined) return undefined;
  const { name: by } = await whoRuns(root);
  const stack = { file: from.stackFile };
  return formatRelease({ ...pinned, environment: from.name, stack, time: new Date().toISOString(), by });
}

interface LeftOut {
  name: string;
  from: string;
  secrets: string[];
  hasEsc: boolean;
}

/** Returns what the user may not expect of the new environment. */
function notesOf({ name, from, secrets, hasEsc }: LeftOut): string[] {
  const others = secrets.filter((key) => !/^railhead:[A-Z]/.test(key));
  return [
    ...(others.length === 0
      ? []
      : [`Secret config of ${from} that ${name} does not get: ${others.join(', ')}.`]),
    ...(hasEsc
      ? [`The Pulumi ESC environments of ${from} are not taken over: they can have its secrets.`]
      : []),
  ];
}
