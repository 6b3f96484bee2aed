import { EVENT_ID, parseEvents, SCALAR_STYLE, YAMLException } from 'js-yaml';
import { anchorsOf } from './anchors.ts';
import type { Report } from './places.ts';
import type { Entry, Place, Tree } from './tree.ts';
import { scalarOf, startOf } from './yaml-scalar.ts';

/** Maximum nesting depth of a stack file. Typical stack files need 6 levels. */
export const maxDepth = 32;

/** Keys that would access the prototype of a plain object. */
const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype']);

/** The tags that values have without a tag too, by the type of their event. */
const standardTags: Record<number, string> = {
  [EVENT_ID.SCALAR]: '!!str',
  [EVENT_ID.SEQUENCE]: '!!seq',
  [EVENT_ID.MAPPING]: '!!map',
};

/** The first document of a text, with expanded aliases and the place of each part. */
export interface Parsed {
  /** Absent if there is no document. */
  tree?: Tree;
  /** The offset of a second document. */
  second?: number;
}

/** Parses YAML 1.2. Throws YAMLException at an error of syntax, and reports other problems. */
export function parseTree(text: string, place: (offset: number) => Place, report: Report): Parsed {
  const events = parseEvents(text, { maxDepth });
  const anchors = anchorsOf(report);
  // The first event starts the document.
  let next = 1;
  // Where the last part starts: the place of an empty value after it.
  let last = 0;
  if (events.length === 0) return {};
  const tree = read();
  // The next event ends the document.
  return { tree, ...(next + 1 < events.length && { second: text.indexOf('\n---', last) + 1 }) };

  function read(): Tree {
    const event = events[next++];
    if (event?.type === EVENT_ID.ALIAS) {
      last = event.anchorStart - 1;
      const named = anchors.named(text.slice(event.anchorStart, event.anchorEnd), last);
      return named ?? { kind: 'scalar', place: place(last), value: null, text: '' };
    }
    if (event === undefined || !('tagStart' in event)) throw new Error('a value is missing');
    checkTag(event);
    const anchor = event.anchorStart === -1 ? undefined : text.slice(event.anchorStart, event.anchorEnd);
    last = 'start' in event ? event.start : (startOf(text, event) ?? last);
    const at = place(last);
    return anchors.read(anchor, () => {
      if (event.type === EVENT_ID.SCALAR) return { kind: 'scalar', place: at, ...scalarOf(text, event) };
      return event.type === EVENT_ID.MAPPING
        ? { kind: 'map', place: at, entries: readEntries() }
        : { kind: 'list', place: at, items: readItems() };
    });
  }

  function checkTag({ type, tagStart, tagEnd }: { type: number; tagStart: number; tagEnd: number }): void {
    const tag = text.slice(tagStart, tagEnd);
    if (tagStart !== -1 && tag !== '!' && tag !== standardTags[type])
      report(tagStart, `the tag ${tag} is not supported; remove it`);
  }

  function readItems(): Tree[] {
    const items: Tree[] = [];
    while (!atEnd()) items.push(read());
    return items;
  }

  /** Returns whether the next event ends a list or a map, and skips it. */
  function atEnd(): boolean {
    const ends = events[next]?.type === EVENT_ID.POP;
    if (ends) next += 1;
    return ends;
  }

  function readEntries(): Map<string, Entry> {
    const entries = new Map<string, Entry>();
    const merged: { name: string; entry: Entry }[] = [];
    while (!atEnd()) {
      const event = events[next];
      const key = read();
      const offset = last;
      if (event?.type !== EVENT_ID.SCALAR || key.kind !== 'scalar')
        YAMLException.throwAt(text, offset, 'a key must be text');
      const value = read();
      const name = key.text;
      if (name === '<<' && event.style === SCALAR_STYLE.PLAIN) merged.push(...mergedEntries(value, offset));
      else if (forbiddenKeys.has(name)) report(offset, `the key ${JSON.stringify(name)} is not allowed`);
      else if (entries.has(name)) report(offset, `the key ${JSON.stringify(name.slice(0, 80))} occurs twice`);
      else entries.set(name, { key: key.place, value });
    }
    // The map's own entries take precedence, then those of the first merged map.
    for (const { name, entry } of merged) if (!entries.has(name)) entries.set(name, entry);
    return entries;
  }

  /** Returns the entries of the value of a merge key `<<`: a map or a list of maps. */
  function mergedEntries(tree: Tree, offset: number): { name: string; entry: Entry }[] {
    const maps = tree.kind === 'list' ? tree.items : [tree];
    return maps.flatMap((map) => {
      if (map.kind === 'map') return [...map.entries].map(([name, entry]) => ({ name, entry }));
      report(offset, '"<<" merges a map or a list of maps, such as <<: *defaults');
      return [];
    });
  }
}
