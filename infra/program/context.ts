import type { KnownSecrets } from '../common/environment.ts';
import { buildGraph } from '../graph/graph.ts';
import type { CheckedGraph } from '../graph/types.ts';
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
  /** Path of the stack file, relative to the current folder. Problems show it in this form. */
  stackFile: string;
  /** The value of `railhead:target`. */
  target: string;
  /** The secrets, if those that are missing are problems. */
  secrets?: KnownSecrets | undefined;
  identity?: string | undefined;
}

/** Reads a stack file and checks that its graph can run on the target. Throws UserError. */
export async function openContext(source: Source): Promise<Context> {
  const { name, stackFile, secrets, identity } = source;
  const target = await chooseTarget(source);
  const stack = loadStack(stackFile);
  const graph = buildGraph(stack, name, { target, identity, ...(secrets && { secrets }) });
  return { stack, target, graph };
}
