import { join } from 'node:path';
import { parseDocument } from '../stack/document.ts';
import { parseDotenv } from '../stack/dotenv.ts';
import { StackError } from '../stack/problem.ts';
import { readSource } from '../stack/source.ts';
import type { Tree } from '../stack/tree.ts';
import type { Imported } from './facts.ts';
import { parseToml } from './toml-tree.ts';
import { unshared } from './unshared.ts';

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
    return { tree: file.endsWith('.toml') ? await parseToml(text, file) : parseYaml(text, file) };
  });
  return parsed?.tree;
}

/**
 * Parses YAML or JSON. Other programs accept a list or map in brackets whose end is not indented further than its key: this parser
 * gets such a line with more spaces before it. Throws StackError.
 */
function parseYaml(text: string, file: string): Tree {
  try {
    return unshared(parseDocument(text, file, kind));
  } catch (error) {
    const line = error instanceof StackError ? error.problems[0]?.line : undefined;
    const lines = text.split('\n');
    const end = line === undefined ? '' : (lines[line - 1] ?? '');
    // Each try indents one line by one column, up to a depth that no file has.
    if (line === undefined || !/^ {0,80}[\]}][\]}, ]*\r?$/.test(end)) throw error;
    return parseYaml([...lines.slice(0, line - 1), ` ${end}`, ...lines.slice(line)].join('\n'), file);
  }
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

/** Parses a file of variables, such as `.env`. Lines that declare no variable are ignored. Throws StackError. */
export function readDotenv(root: string, file: string): Tree {
  return parseDotenv(readText(root, file), file).tree;
}
