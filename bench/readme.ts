import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const file = join(import.meta.dirname, 'README.md');
const begin = '<!-- written by npm run bench -- --write -->';
const end = '<!-- end -->';

/** Replaces the figures in README.md and keeps the text around them. */
export function writeReadme(figures: string): void {
  const text = readFileSync(file, 'utf8');
  const start = text.indexOf(begin);
  const rest = text.indexOf(end);
  if (start === -1 || rest < start)
    throw new Error(`${file} has no markers for the figures: ${begin} and ${end}`);
  writeFileSync(file, `${text.slice(0, start)}${begin}\n\n${figures}\n${text.slice(rest)}`);
}
