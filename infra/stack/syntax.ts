import type { YAMLException } from 'js-yaml';
import { Lexer, parseDocument } from 'yaml';
import type { Report } from './places.ts';
import { maxDepth } from './yaml-tree.ts';

const options = {
  version: '1.2',
  schema: 'core',
  merge: false,
  stringKeys: true,
  logLevel: 'silent',
} as const;

/**
 * Reports an error of syntax. js-yaml reads files faster, but stops at an error. `yaml` reads on and explains an error better. It
 * also reports the consequences of an error, so only its first error is reported. Unquoted references, the usual cause, are all
 * reported.
 */
export function reportSyntax(text: string, { reason, mark }: YAMLException, report: Report): void {
  const references = bareReferences(text);
  for (const { offset, message } of references) report(offset, message);
  if (references.length > 0) return;
  if (reason.includes('maxDepth')) {
    report(mark?.position ?? 0, `nested deeper than ${maxDepth} levels`);
    return;
  }
  const [first] = parseDocument(text, options).errors.toSorted((a, b) => a.pos[0] - b.pos[0]);
  const offset = first?.pos[0] ?? mark?.position ?? 0;
  report(offset, inPlainWords(first?.message ?? reason, lineAt(text, offset)));
}

/** Returns the first line of a parser message, without the position. The other lines show the source line. */
function sentence(message: string): string {
  const [first = ''] = message.split('\n');
  const text = first.slice(0, 300).replace(/ at line \d+, column \d+:?$/, '');
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** Finds references whose braces YAML reads as maps: inside `{ }` and `[ ]`, or without the `$`. */
function bareReferences(text: string): { offset: number; message: string }[] {
  const found: { offset: number; message: string }[] = [];
  let [offset, last] = [0, ''];
  for (const token of new Lexer().lex(text)) {
    if (marks.has(token)) continue;
    if (token === '{' && text.startsWith('{{', offset) && !last.endsWith('{')) {
      const start = last.endsWith('$') ? offset - last.length : offset;
      const value = /^.*?\}\}[^\s,\]}]*/.exec(text.slice(start, start + 500))?.[0] ?? '{{';
      const whole = last.endsWith('$') ? value : `$${value}`;
      found.push({ offset: start, message: `put the reference in quotes: ${JSON.stringify(whole)}` });
    }
    last = token;
    offset += token.length;
  }
  return found;
}

/** Lexer tokens that have no text: the start of a document or scalar, and the end of a malformed flow collection. */
const marks = new Set(['\u0002', '\u0018', '\u001f']);

function lineAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', start);
  return text.slice(start, end === -1 ? undefined : end).trim();
}

function inPlainWords(message: string, line: string): string {
  const quoted = JSON.stringify(line.slice(0, 80));
  if (/^Implicit (map )?keys need/i.test(message)) {
    return /^[\w-]+:\S/.test(line)
      ? `${quoted} needs a space after ":"`
      : `${quoted} has no ":"; a line of a map is "key: value"`;
  }
  if (/^Missing closing .quote/i.test(message)) return 'a quote before this place is not closed';
  if (/^All mapping items must start/i.test(message))
    return 'starts in a different column than the other keys of its map';
  return sentence(message);
}
