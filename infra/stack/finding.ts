import { toServiceName } from './names.ts';
import type { Problem, ProblemEnvironment } from './problem.ts';
import { placeOf, placeOfKey, type Path, type Tree } from './tree.ts';

/** A problem at a path of the stack. `placeFindings` adds the file, line and column. */
export interface Finding {
  path: Path;
  message: string;
  /** Whether the problem is about the key itself, not about its value. */
  ofKey?: boolean;
  /** Path whose own problems explain this one. */
  cause?: Path;
  /** Marks a warning: it is shown, but the system can run. */
  warning?: true;
  /** The environment that has the problem; absent if the problem is independent of the environment. */
  environment?: ProblemEnvironment;
  /** Command that fixes the problem. */
  command?: string;
}

/**
 * Converts findings to problems with their places. Omits a finding whose cause is among `known`: if the port of a
 * service is misspelt, its references are not reported too.
 */
export function placeFindings(findings: Finding[], tree: Tree, known: readonly Finding[] = []): Problem[] {
  const explained = ({ cause }: Finding) =>
    cause !== undefined &&
    known.some(({ path }) => startsWith(named(path), cause) || startsWith(cause, named(path)));
  return findings
    .filter((finding) => !explained(finding))
    .map(({ path, message, ofKey, warning, environment, command }) => ({
      ...(ofKey ? placeOfKey(tree, path) : placeOf(tree, path)),
      path: path.join('.'),
      message,
      ...(warning && { warning }),
      ...(environment && { environments: [environment] }),
      ...(command !== undefined && { commands: [command] }),
    }));
}

/** Returns the path of a service by the name that others refer to, also if its key is not that name. */
function named(path: Path): Path {
  const [root, service, ...below] = path;
  return root === 'services' && service !== undefined
    ? [root, toServiceName(String(service)), ...below]
    : path;
}

function startsWith(path: Path, start: Path): boolean {
  return start.every((step, index) => String(step) === String(path[index]));
}
