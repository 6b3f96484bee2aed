import { withDefaultPorts } from './default-ports.ts';
import { explainDisabled, takeEnabled } from './enabled.ts';
import { withEnvFiles } from './env-file.ts';
import { parseExtended, readExtended } from './extend.ts';
import { placeFindings, type Finding } from './finding.ts';
import { describeIssues } from './issues.ts';
import { filesRootOf, rootOf } from './root.ts';
import { StackError, type Problem } from './problem.ts';
import { salvage } from './salvage.ts';
import { stackSchema, type Stack } from './schema.ts';
import { toValue, type Tree } from './tree.ts';

/** A stack file that has been read, possibly with problems: `buildGraph` checks it and throws all problems together. */
export interface LoadedStack {
  /** Absolute folder that `source:` is relative to. */
  root: string;
  /** Absolute folder that `files` are relative to: the root, unless the stack file is a copy. */
  filesRoot: string;
  /** The stack. If `findings` is not empty, the invalid parts are left out, so it can be checked but not run. */
  stack: Stack;
  /** Problems that the schema found. */
  findings: Finding[];
  /** Converts `findings` and further findings to problems with their places in the files. */
  place: (findings: Finding[]) => Problem[];
}

/**
 * Reads a stack file and the files that it extends. Throws StackError if its services cannot be checked at all: the
 * file does not exist, is not YAML, or has no services.
 *
 * @param within absolute path of a repository, outside of which no file is read; by default any file is
 */
export function loadStack(file: string, within?: string): LoadedStack {
  return toStack(readExtended(file, within), file, within);
}

/** Returns the stack that a file with this text would have; the file need not exist. Throws StackError. */
export function parseStack(text: string, file: string): LoadedStack {
  return toStack(parseExtended(text, file), file);
}

function toStack(read: Tree, file: string, within?: string): LoadedStack {
  const roots = { root: rootOf(file, within), filesRoot: filesRootOf(file, within) };
  const { tree: bare, disabled, findings: wrong } = takeEnabled(read);
  const { tree, findings: missing, problems } = withEnvFiles(bare, file, roots.filesRoot, disabled);
  const parsed = stackSchema.safeParse(toValue(tree));
  const issues = parsed.success ? [] : describeIssues(parsed.error.issues, tree);
  const findings = [...missing, ...issues];
  const checked = parsed.success ? parsed.data : salvage(tree, findings);
  const stack = checked && withDefaultPorts(checked, tree);
  const place: LoadedStack['place'] = (further) => [
    ...problems,
    ...placeFindings(wrong, read),
    ...placeFindings(findings, tree),
    ...placeFindings(explainDisabled(further, disabled), tree, findings),
  ];
  if (stack === undefined) throw new StackError(place([]));
  for (const name of disabled) delete stack.services[name];
  return { ...roots, stack, findings: [...wrong, ...findings], place };
}
