import stringWidth from 'string-width';

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
        .map((lines, column) => style(row[column] ?? '', pad(lines[line] ?? '', widths[column] ?? 0)))
        .join('  ')
        .trimEnd(),
    );
  });
}

/** Formats rows as a Markdown table and returns its lines. The first row is the heading. */
export function markdownTable(rows: readonly (readonly string[])[]): string[] {
  const widths = widthsOf(rows, stringWidth).map((width) => Math.max(width, 3));
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const [head = '', ...rest] = rows.map((row) => line(widths.map((width, at) => pad(row[at] ?? '', width))));
  return [head, line(widths.map((width) => '-'.repeat(width))), ...rest];
}

/** Wraps a text between words. The lines after the first one begin with `indent`. */
export function paragraph(text: string, width: number, indent = ''): string[] {
  const [first = '', ...rest] = wrap(text, width);
  if (rest.length === 0) return [first];
  const after = text.slice(first.length).trimStart();
  return [first.trimEnd(), ...wrap(after, width - stringWidth(indent)).map((line) => indent + line)];
}

/** Returns the width of the terminal; Infinity if the output is a pipe. */
export function terminalWidth({ isTTY, columns }: NodeJS.WriteStream = process.stdout): number {
  return isTTY ? columns : Infinity;
}

function fit(rows: readonly (readonly string[])[], width: number): number[] {
  const widths = widthsOf(rows, stringWidth);
  const words = widthsOf(rows, (cell) => Math.max(...cell.split(' ').map((word) => stringWidth(word))));
  for (let over = sum(widths) + 2 * (widths.length - 1) - width; over > 0; over--) {
    const whole = widths.map((room, column) => (room > (words[column] ?? 0) ? room : 0));
    const candidates = whole.some((room) => room > 0) ? whole : widths;
    const widest = candidates.indexOf(Math.max(...candidates));
    if ((widths[widest] ?? 0) <= 1) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

function widthsOf(rows: readonly (readonly string[])[], measure: (cell: string) => number): number[] {
  const count = Math.max(...rows.map(({ length }) => length));
  return Array.from({ length: count }, (_, column) =>
    Math.max(...rows.map((row) => measure(row[column] ?? ''))),
  );
}

function wrap(text: string, room: number): string[] {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? '';
    const longer = last === '' ? word : `${last} ${word}`;
    if (stringWidth(longer) <= room) lines[lines.length - 1] = longer;
    else {
      if (last === '') lines.pop();
      lines.push(...split(word, room));
    }
  }
  return lines;
}

/** Splits a word that is longer than a line: after a dot or a slash if possible, as in paths, else between characters. */
function split(word: string, room: number): string[] {
  const pieces = word.split(/(?<=[./])/);
  return packed(
    pieces.flatMap((piece) => (stringWidth(piece) <= room ? piece : packed(charactersOf(piece), room))),
    room,
  );
}

/** Joins pieces to lines. A piece that is wider than a line is a line of its own. */
function packed(pieces: readonly string[], room: number): string[] {
  const parts = [''];
  for (const piece of pieces) {
    const longer = `${parts.at(-1)}${piece}`;
    if (parts.at(-1) === '' || stringWidth(longer) <= room) parts[parts.length - 1] = longer;
    else parts.push(piece);
  }
  return parts;
}

/** Returns the characters as people see them. */
function charactersOf(text: string): string[] {
  return [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
}

function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - stringWidth(text)));
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
