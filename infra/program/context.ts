import type { KnownSecrets } from '../common/environment.ts';
import { inFolder } from '../common/folders.ts';
import { projectRoot } from '../common/roots.ts';
import { buildGraph } from '../graph/graph.ts';
import type { CheckedGraph } from '../graph/types.ts';
import { hasRelease } from '../releases/load.ts';
import { loadStack, type LoadedStack } from '../stack/load.ts';
import { chooseTarget } from '../targets/index.ts';
import type { Target } from '../targets/shared/target.ts';

/** An environment, read and checked. A command opens it once and passes it to each phase. */
export interface Context {
  stack: LoadedStack;
  target: Target;
  graph: CheckedGraph;
}

interface Source {
  /** The name of the environment. */
  name: string;
  /** Path of the stack file, relative to `root`. Problems show it in this form. */
  stackFile: string;
  /** Absolute path of a folder. Default: the current folder. */
  root?: string;
  /** Absolute path of the repository, if no stack file outside of it may be read. */
  within?: string;
  /** Absolute path that the project has in the plan. Default: `root`. */
  projectPath?: string;
  /** The value of `railhead:target`. */
  target: string;
  /** The secrets, if those that are missing are problems. */
  secrets?: KnownSecrets | undefined;
  identity?: string | undefined;
  /** Names of the values that the Pulumi program passes. Absent without a program. */
  values?: readonly string[] | undefined;
}

/** Reads a stack file and checks that its graph can run on the target. Throws UserError. */
export async function openContext(source: Source): Promise<Context> {
  const { name, secrets, identity, values, root = projectRoot(), projectPath = root } = source;
  const isPinned = hasRelease(name, root);
  const target = await chooseTarget(source);
  const stack = loadBelow(source);
  const given = { target, projectPath, identity, values, isPinned, ...(secrets && { secrets }) };
  const graph = buildGraph(stack, name, given);
  return { stack, target, graph };
}

/** Loads a stack file in a folder, as if that were the current one, since problems show paths relative to that. */
function loadBelow({ root, stackFile, within }: Source): LoadedStack {
  return root === undefined ? loadStack(stackFile) : inFolder(root, () => loadStack(stackFile, within));
}
