/** A line for each row, the second column aligned; where `width` is given, it is broken between words to fit. */
export function twoColumns(rows: [string, string][], width = Infinity): string[] {
  const first = Math.max(...rows.map(([left]) => left.length));
  return rows.flatMap(([left, right]) =>
    fit(right, width - first - 4).map(
      (line, index) => `  ${(index === 0 ? left : '').padEnd(first)}  ${line}`,
    ),
  );
}

function fit(text: string, room: number): string[] {
  const [first = '', ...words] = text.split(' ');
  const lines = [first];
  for (const word of words) {
    const longer = `${lines.at(-1)} ${word}`;
    if (longer.length <= room) lines.splice(-1, 1, longer);
    else lines.push(word);
  }
  return lines;
}
