import type { Entry } from '../../stack/tree.ts';

type Tag = 'reset' | 'override';

/** The tags of files, by file and line. */
export type Tags = Map<string, Map<number, { column: number; tag: Tag }[]>>;

const tag = /(?<=[:-][ \t]+)!(reset|override)(?=\s|$)/gm;

/** Returns a text with spaces in place of the tags of Compose, which no schema of YAML has, and records them. */
export function takeTags(text: string, file: string, tags: Tags): string {
  const lines = new Map<number, { column: number; tag: Tag }[]>();
  tags.set(file, lines);
  return text.replace(tag, (whole, name: Tag, offset: number) => {
    const above = text.slice(0, offset).split('\n');
    const found = { column: (above.at(-1) ?? '').length + 1, tag: name };
    lines.set(above.length, [...(lines.get(above.length) ?? []), found]);
    return ' '.repeat(whole.length);
  });
}

/** Returns the tag between a key and its value. */
export function tagOf({ key, value }: Entry, tags: Tags): Tag | undefined {
  const { line, column } = value.place;
  const isBehind = (end: number) =>
    end > key.column && (line !== key.line || end < column || column <= key.column);
  return tags
    .get(key.file)
    ?.get(key.line)
    ?.find((found) => isBehind(found.column))?.tag;
}
