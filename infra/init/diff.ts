import type { Change } from './types.ts';

/** Unchanged lines that are shown before and after a change. */
const context = 2;

/** Returns the lines of a change as a diff. What differs is one block, because `init` only adds lines. */
export function diffLines({ before, after }: Change): string[] {
  const [old, now] = [linesOf(before ?? ''), linesOf(after)];
  const isSame = (one: number, other: number) => old[one] === now[other];
  let start = 0;
  while (start < Math.min(old.length, now.length) && isSame(start, start)) start++;
  let end = 0;
  const most = Math.min(old.length, now.length) - start;
  while (end < most && isSame(old.length - 1 - end, now.length - 1 - end)) end++;
  const [oldEnd, nowEnd] = [old.length - end, now.length - end];
  return [
    ...marked(' ', old.slice(Math.max(0, start - context), start)),
    ...marked('-', old.slice(start, oldEnd)),
    ...marked('+', now.slice(start, nowEnd)),
    ...marked(' ', now.slice(nowEnd, nowEnd + context)),
  ];
}

function linesOf(text: string): string[] {
  const lines = text.split(/\r?\n/);
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

function marked(mark: string, lines: string[]): string[] {
  return lines.map((line) => `${mark} ${line}`.trimEnd());
}
