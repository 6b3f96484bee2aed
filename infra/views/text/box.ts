import stringWidth from 'string-width';
import { table } from '../../common/table.ts';

/** Longer lines are hard to read, even if the output has room. */
const widest = 110;

/** Draws a box with a title around paragraphs. */
export function box(title: string, paragraphs: readonly string[], width: number): string[] {
  const lines = paragraphs.flatMap((text) => table([['•', text]], Math.min(width, widest) - 4));
  const inner = Math.max(stringWidth(title) + 1, ...lines.map((line) => stringWidth(line)));
  const body = lines.map((line) => `│ ${line}${' '.repeat(inner - stringWidth(line))} │`);
  const top = `┌─ ${title} ${'─'.repeat(inner - stringWidth(title) - 1)}┐`;
  return [top, ...body, `└${'─'.repeat(inner + 2)}┘`];
}
