/**
 * Formats rows as a table whose columns are two spaces apart, and returns its lines. If the table is wider than
 * `width`, the widest columns are wrapped, between words if possible; no text is omitted. A row that is a string is
 * not changed.
 */
export function table(
  rows: readonly (string | readonly string[])[],
  width = Infinity,
  style: (cell: string, text: string) => string = (_, text) => text,
): string[] {
  const widths = fit(
    rows.filter((row) => typeof row !== 'string'),
    width,
  );
  return rows.flatMap((row) => {
    if (typeof row === 'string') return row;
    const cells = widths.map((room, column) => wrap(row[column] ?? '', room));
    const height = Math.max(...cells.map(({ length }) => length));
    return Array.from({ length: height }, (_, line) =>
      cells
        .map((lines, column) => style(row[column] ?? '', (lines[line] ?? '').padEnd(widths[column] ?? 0)))
        .join('  ')
        .trimEnd(),
    );
  });
}

/** Returns the width of the terminal; Infinity if the output is a pipe. */
export function terminalWidth({ isTTY, columns }: NodeJS.WriteStream = process.stdout): number {
  return isTTY ? columns : Infinity;
}

function fit(rows: readonly (readonly string[])[], width: number): number[] {
  const count = Math.max(...rows.map(({ length }) => length));
  const longest = (measure: (cell: string) => number) =>
    Array.from({ length: count }, (_, column) => Math.max(...rows.map((row) => measure(row[column] ?? ''))));
  const widths = longest(({ length }) => length);
  const words = longest((cell) => Math.max(...cell.split(' ').map(({ length }) => length)));
  for (let over = sum(widths) + 2 * (count - 1) - width; over > 0; over--) {
    const whole = widths.map((room, column) => (room > (words[column] ?? 0) ? room : 0));
    const candidates = whole.some((room) => room > 0) ? whole : widths;
    const widest = candidates.indexOf(Math.max(...candidates));
    if ((widths[widest] ?? 0) <= 1) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

function wrap(text: string, room: number): string[] {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? '';
    const longer = last === '' ? word : `${last} ${word}`;
    if (longer.length <= room) lines[lines.length - 1] = longer;
    else {
      if (last === '') lines.pop();
      for (let start = 0; start < word.length; start += room) lines.push(word.slice(start, start + room));
    }
  }
  return lines;
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
