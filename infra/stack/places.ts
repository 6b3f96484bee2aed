import type { Place } from './tree.ts';

/** Reports a problem at an offset of the text. */
export type Report = (offset: number, message: string) => void;

/** Returns a function from an offset in the text of a file to its line and column. */
export function placesIn(text: string, file: string): (offset: number) => Place {
  const starts = [0];
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return (offset) => {
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return { file, line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
}
