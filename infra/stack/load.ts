import { basename, dirname, resolve } from 'node:path';
import { readExtended } from './extend.ts';
import { placeFindings, type Finding } from './finding.ts';
import { describeIssues } from './issues.ts';
import { StackError, type Problem } from './problem.ts';
import { salvage } from './salvage.ts';
import { stackSchema, type Stack } from './schema.ts';
import { toValue, type Tree } from './tree.ts';

/** A stack file that was read. Only `buildGraph` decides whether it is right: it throws all problems. */
export interface LoadedStack {
  /** Absolute folder that `source:` is relative to. */
  root: string;
  /** Where `findings` is not empty, the stack without the wrong parts: good for checks, not for running. */
  stack: Stack;
  /** What is wrong with the file taken by itself. */
  findings: Finding[];
  /** Places findings of this stack, in addition to `findings`, in its files. */
  place: (findings: Finding[]) => Problem[];
}

/**
 * Reads a stack file with all that it extends. Throws StackError when so much is wrong that nothing
 * can be said about its services: no such file, no YAML, no services.
 */
export function loadStack(file: string): LoadedStack {
  const tree = readExtended(file);
  const parsed = stackSchema.safeParse(toValue(tree));
  if (parsed.success) {
    return { root: rootOf(file), stack: parsed.data, findings: [], place: placing(tree, []) };
  }
  const findings = describeIssues(parsed.error.issues, tree);
  const stack = salvage(tree, findings);
  if (stack === undefined) {
    throw new StackError(placeFindings(findings, tree));
  }
  return { root: rootOf(file), stack, findings, place: placing(tree, findings) };
}

function placing(tree: Tree, known: Finding[]): LoadedStack['place'] {
  return (findings) => [...placeFindings(known, tree), ...placeFindings(findings, tree, known)];
}

/**
 * The folder above `stacks/`, for a file anywhere below it; else the file's own folder, so that a lone
 * stack file beside its code works.
 */
function rootOf(file: string): string {
  const own = dirname(resolve(file));
  for (let folder = own; folder !== dirname(folder); folder = dirname(folder)) {
    if (basename(folder) === 'stacks') {
      return dirname(folder);
    }
  }
  return own;
}
