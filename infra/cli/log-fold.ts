import type { FoldedLine, ServiceLine } from './log-line.ts';

/** Maximum length of a repeated block, in lines: enough for a stack trace and the supervisor's lines about it. */
const longestBlock = 40;

/** Replaces repeated blocks of a service's lines by one block and a count. Numbers, such as pids, may differ. */
export function fold(lines: ServiceLine[]): FoldedLine[] {
  const services = Map.groupBy(lines, ({ service }) => service);
  const folded = [...services.values()].flatMap(foldOne);
  return folded.sort((a, b) => (a.time < b.time ? -1 : Number(a.time > b.time)));
}

function foldOne(lines: ServiceLine[]): FoldedLine[] {
  const shapes = lines.map(({ source, text }) => `${source} ${text.replace(/\d+/g, '0')}`);
  const result: FoldedLine[] = [];
  for (let index = 0; index < lines.length;) {
    const { length, times } = repetition(shapes, index);
    result.push(...lines.slice(index, index + length));
    index += length * times;
    const last = lines[index - 1];
    if (times > 1 && last) result.push({ ...last, folded: { lines: length, times: times - 1 } });
  }
  return result;
}

/** Returns the shortest block at `start` that occurs at least three times in a row; otherwise the single line. */
function repetition(shapes: string[], start: number): { length: number; times: number } {
  for (let length = 1; length <= longestBlock && start + 3 * length <= shapes.length; length++) {
    let end = start + length;
    while (end < shapes.length && shapes[end] === shapes[end - length]) end++;
    const times = Math.floor((end - start) / length);
    if (times >= 3) return { length, times };
  }
  return { length: 1, times: 1 };
}
