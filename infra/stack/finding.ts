import type { Problem, ProblemEnvironment } from './problem.ts';
import { placeOf, placeOfKey, type Path, type Tree } from './tree.ts';

/** Something wrong at a path of the stack; its place comes from the tree of the file. */
export interface Finding {
  path: Path;
  message: string;
  /** About the key itself, not about its value. */
  ofKey?: boolean;
  /** A path that this may be a mere consequence of. */
  cause?: Path;
  /** Worth a look, but the system may run as it is. */
  warning?: true;
  /** The environment that this holds for, and not the file by itself. */
  environment?: ProblemEnvironment;
  /** What to type there. */
  command?: string;
}

/**
 * Findings as problems. One is left out when its cause is among `known`: a service whose port is
 * misspelt should not be blamed again by all that refer to it.
 */
export function placeFindings(findings: Finding[], tree: Tree, known: readonly Finding[] = []): Problem[] {
  const explained = ({ cause }: Finding) =>
    cause !== undefined && known.some(({ path }) => startsWith(path, cause) || startsWith(cause, path));
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

function startsWith(path: Path, start: Path): boolean {
  return start.every((step, index) => String(step) === String(path[index]));
}
