import { join } from 'node:path';
import { parseDocument } from '../stack/document.ts';
import { StackError } from '../stack/problem.ts';
import { readSource } from '../stack/source.ts';
import type { Tree } from '../stack/tree.ts';
import type { ImportedFile, Unreadable } from './facts.ts';
import { parseToml } from './toml-tree.ts';

const kind = { name: 'a configuration file', needs: 'at least one field' };

/** Reads a YAML, JSON or TOML file of the imported folder. What cannot be parsed is reported, not thrown. */
export async function parseFile(
  root: string,
  file: string,
): Promise<ImportedFile & { unreadable: Unreadable[] }> {
  try {
    const text = readText(root, file);
    const tree = file.endsWith('.toml') ? await parseToml(text, file) : parseDocument(text, file, kind);
    return { file, tree, unreadable: [] };
  } catch (error) {
    if (!(error instanceof StackError)) throw error;
    const unreadable = error.problems.map(({ line, column, message }) => ({
      place: { file, line, column },
      message,
    }));
    return { file, tree: undefined, unreadable };
  }
}

function readText(root: string, file: string): string {
  // Checks the size and that it is text.
  return readSource(join(root, file), kind).replace(/^\uFEFF/, '');
}

/** Parses lines `NAME=value`, as in `.env`: quotes and `export` are removed, comments are ignored. Throws StackError. */
export function parseDotenv(root: string, file: string): Tree {
  const tree: Tree = { kind: 'map', place: { file, line: 1, column: 1 }, entries: new Map() };
  const lines = readText(root, file).split(/\r?\n/);
  for (const [index, line] of lines.entries()) {
    const [, start = '', name, raw = ''] = /^(\s*(?:export\s+)?)([\w.-]+)\s*=\s*(.*)$/.exec(line) ?? [];
    if (name === undefined) continue;
    const key = { file, line: index + 1, column: start.length + 1 };
    const place = { file, line: index + 1, column: line.length - raw.length + 1 };
    const text = unquote(raw);
    tree.entries.set(name, { key, value: { kind: 'scalar', place, value: text, text } });
  }
  return tree;
}

function unquote(raw: string): string {
  const quoted = /^(["'])(.*?)\1\s*(#.*)?$/.exec(raw);
  return quoted?.[2] ?? raw.replace(/\s+#.*$/, '').trim();
}
