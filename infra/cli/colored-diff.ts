import { styleText } from 'node:util';

/** Colours the lines of diffs in a text, in a terminal. */
export function coloredDiff(text: string): string {
  const color = (line: string) => {
    if (line.startsWith('+ ')) return styleText('green', line, { stream: process.stdout });
    return line.startsWith('- ') ? styleText('red', line, { stream: process.stdout }) : line;
  };
  return text.split('\n').map(color).join('\n');
}
