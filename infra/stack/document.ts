import { YAMLException } from 'js-yaml';
import { placesIn, type Report } from './places.ts';
import { StackError, type Problem } from './problem.ts';
import { reportSyntax } from './syntax.ts';
import type { Tree } from './tree.ts';
import { parseTree, type Parsed } from './yaml-tree.ts';

/** What a file is, in messages about the file as a whole. */
export interface FileKind {
  name: string;
  /** What it has to contain. */
  needs: string;
}

export const stackFileKind: FileKind = { name: 'a stack file', needs: 'at least "name" and "services"' };

/** Parses YAML text into a tree. Throws StackError with all problems. */
export function parseDocument(text: string, file: string, kind = stackFileKind): Tree {
  const place = placesIn(text, file);
  const problems: Problem[] = [];
  const report: Report = (offset, message) => problems.push({ ...place(offset), path: '', message });
  const { tree, second } = parse(text, place, report);
  if (second !== undefined) report(second, `a second document starts; ${kind.name} contains only one`);
  if (problems.length === 0 && (tree === undefined || isEmpty(tree)))
    report(0, `the file is empty; it needs ${kind.needs}`);
  if (tree === undefined || problems.length > 0) throw new StackError(problems);
  return tree;
}

function parse(text: string, place: ReturnType<typeof placesIn>, report: Report): Parsed {
  try {
    return parseTree(text, place, report);
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    reportSyntax(text, error, report);
    return {};
  }
}

function isEmpty(tree: Tree): boolean {
  return tree.kind === 'scalar' && tree.value === null;
}
