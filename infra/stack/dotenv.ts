import { placesIn } from './places.ts';
import type { Problem } from './problem.ts';
import type { MapTree } from './tree.ts';

// NAME=value in one line, or a quoted value up to its closing quote, with a comment behind it.
const pair =
  /^([ \t]*(?:export[ \t]+)?)([\w.-]+)([ \t]*=[ \t]*)(?:(?:"((?:\\[\s\S]|[^"\\])*)"|'([^']*)')[ \t]*(?:#.*)?$|(.*)$)/gm;

/**
 * Parses `NAME=value`, as in `.env`: quotes and `export` are removed, comments are ignored, and a quoted value can have several lines.
 * Values are literal: `$NAME` is not replaced. `wrong` has the lines that are no variable.
 */
export function parseDotenv(text: string, file: string): { tree: MapTree; wrong: Problem[] } {
  const whole = text.replaceAll('\r\n', '\n');
  const place = placesIn(whole, file);
  const tree: MapTree = { kind: 'map', place: place(0), entries: new Map() };
  const wrong: Problem[] = [];
  let end = 0;
  const checkUpTo = (index: number) => {
    for (const match of whole.slice(end, index).matchAll(/^[ \t]*([^\s#].*)$/gm))
      wrong.push({ ...place(end + match.index), path: '', message: 'is not NAME=value' });
  };
  for (const match of whole.matchAll(pair)) {
    const [all, start = '', name = '', equals = '', double, single, bare = ''] = match;
    checkUpTo(match.index);
    end = match.index + all.length;
    const nameStart = match.index + start.length;
    // A space comes before a comment: `#fff` is a value.
    const plain = `${equals.trimStart().slice(1)}${bare}`.replace(/\s+#.*$/, '').trim();
    const value = double === undefined ? (single ?? plain) : unescape(double);
    tree.entries.set(name, {
      key: place(nameStart),
      value: { kind: 'scalar', place: place(nameStart + name.length + equals.length), value, text: value },
    });
  }
  checkUpTo(whole.length);
  return { tree, wrong };
}

function unescape(text: string): string {
  return text.replace(/\\([\s\S])/g, (whole, letter: string) => {
    if (letter === 'n') return '\n';
    return letter === '"' || letter === '\\' ? letter : whole;
  });
}
