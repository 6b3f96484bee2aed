import { Composer, isScalar, LineCounter, Parser, type Document } from 'yaml';
import { findTooDeep, maxDepth } from './depth.ts';
import { StackError, type Problem } from './problem.ts';
import { reportSyntax, sentence } from './syntax.ts';
import type { Place, Tree } from './tree.ts';
import { toTree, type Report } from './yaml-tree.ts';

const options = {
  version: '1.2',
  schema: 'core',
  // `toTree` merges keys, so that every value keeps its place.
  merge: false,
  // Checked in `toTree`: the parser's own check takes quadratic time.
  uniqueKeys: false,
  stringKeys: true,
  strict: true,
} as const;

/** What a file is, in messages about the file as a whole. */
export interface FileKind {
  name: string;
  /** What it has to contain. */
  needs: string;
}

export const stackFileKind: FileKind = { name: 'a stack file', needs: 'at least "name" and "services"' };

/** Parses YAML text into a tree. Throws StackError with all problems. */
export function parseDocument(text: string, file: string, kind = stackFileKind): Tree {
  const lines = new LineCounter();
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  const problems: Problem[] = [];
  const report: Report = (offset, message) => problems.push({ ...place(offset), path: '', message });
  let tree: Tree | undefined;
  try {
    tree = compose(text, kind, lines, place, report);
  } catch (error) {
    // Report any error of the parser as a problem of the file instead of crashing.
    report(0, `cannot be read as YAML: ${error instanceof Error ? sentence(error.message) : 'unknown'}`);
  }
  if (tree === undefined || problems.length > 0) {
    throw new StackError(problems);
  }
  return tree;
}

function compose(
  text: string,
  kind: FileKind,
  lines: LineCounter,
  place: (offset: number) => Place,
  report: Report,
): Tree | undefined {
  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  const [deep] = tokens.flatMap((token) => findTooDeep(token) ?? []);
  if (deep !== undefined) {
    report(deep, `nested deeper than ${maxDepth} levels`);
    return undefined;
  }
  const [document, second] = [...new Composer(options).compose(tokens, true, text.length)];
  if (document !== undefined) reportSyntax(text, document, report);
  if (second !== undefined) {
    report(second.range[0], `a second document starts; ${kind.name} contains only one`);
  } else if (document === undefined || (document.errors.length === 0 && isEmpty(document))) {
    report(0, `the file is empty; it needs ${kind.needs}`);
  }
  return document === undefined || document.errors.length > 0 ? undefined : toTree(document, place, report);
}

function isEmpty({ contents }: Document.Parsed): boolean {
  return contents === null || (isScalar(contents) && contents.value === null);
}
