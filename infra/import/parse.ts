import { join } from 'node:path';
import { parseDocument } from '../stack/document.ts';
import { StackError } from '../stack/problem.ts';
import { readSource } from '../stack/source.ts';
import type { Tree } from '../stack/tree.ts';
import type { Imported } from './facts.ts';
import { parseToml } from './toml-tree.ts';

const kind = { name: 'a configuration file', needs: 'at least one field' };

/**
 * Reads a YAML, JSON or TOML file of the imported folder into the import. Returns undefined, and reports why, if it cannot be parsed.
 *
 * @param prepare changes the text before it is parsed, and keeps the places of what stays
 */
export async function readInto(
  imported: Imported,
  root: string,
  file: string,
  prepare = (text: string) => text,
): Promise<Tree | undefined> {
  const parsed = await parseInto(imported, file, async () => {
    const text = prepare(readText(root, file));
    return { tree: file.endsWith('.toml') ? await parseToml(text, file) : parseDocument(text, file, kind) };
  });
  return parsed?.tree;
}

/**
 * Adds a file to the import. Returns undefined, and reports why, if it cannot be parsed.
 *
 * @param parse throws StackError if the file cannot be parsed
 */
export async function parseInto<Parsed extends { tree: Tree }>(
  imported: Imported,
  file: string,
  parse: () => Promise<Parsed>,
): Promise<Parsed | undefined> {
  try {
    const parsed = await parse();
    imported.files.push({ file, tree: parsed.tree });
    return parsed;
  } catch (error) {
    if (!(error instanceof StackError)) throw error;
    imported.files.push({ file, tree: undefined });
    for (const { line, column, message } of error.problems)
      imported.unreadable.push({ place: { file, line, column }, message });
    return undefined;
  }
}

/** Returns the text of a file. Throws StackError if it is too large or is not text. */
export function readText(root: string, file: string): string {
  return readSource(join(root, file), kind).replace(/^\uFEFF/, '');
}

// NAME=value in one line, or a quoted value up to its closing quote, with a comment behind it.
const pair =
  /^([ \t]*(?:export[ \t]+)?)([\w.-]+)([ \t]*=[ \t]*)(?:(?:"((?:\\[\s\S]|[^"\\])*)"|'([^']*)')[ \t]*(?:#.*)?$|(.*)$)/gm;

/**
 * Parses `NAME=value`, as in `.env`: quotes and `export` are removed, comments are ignored, and a quoted value can have several lines.
 * Throws StackError.
 */
export function parseDotenv(root: string, file: string): Tree {
  const tree: Tree = { kind: 'map', place: { file, line: 1, column: 1 }, entries: new Map() };
  const whole = readText(root, file).replaceAll('\r\n', '\n');
  for (const match of whole.matchAll(pair)) {
    const [, start = '', name = '', equals = '', double, single, bare = ''] = match;
    const line = whole.slice(0, match.index).split('\n').length;
    const column = start.length + 1;
    // A space comes before a comment: `#fff` is a value.
    const plain = `${equals.trimStart().slice(1)}${bare}`.replace(/\s+#.*$/, '').trim();
    const text = double === undefined ? (single ?? plain) : unescape(double);
    const place = { file, line, column: column + name.length + equals.length };
    tree.entries.set(name, {
      key: { file, line, column },
      value: { kind: 'scalar', place, value: text, text },
    });
  }
  return tree;
}

function unescape(text: string): string {
  return text.replace(/\\([\s\S])/g, (whole, letter: string) => {
    if (letter === 'n') return '\n';
    return letter === '"' || letter === '\\' ? letter : whole;
  });
}
