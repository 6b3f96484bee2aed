/**
 * Compares or updates the views of the documents that are written by hand.
 *
 * `node infra/views/testing/golden.ts --update`
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawCanaries } from '../canaries.ts';
import { drawPreview } from '../view.ts';
import { canaries } from './canaries.ts';
import { documents } from './documents.ts';

const folder = join(import.meta.dirname, '../golden');

/** Returns the text of each golden file by its name. */
export async function goldenViews(): Promise<Map<string, string>> {
  const views = new Map<string, string>();
  for (const [name, document] of Object.entries(documents)) {
    const view = (format: Parameters<typeof drawPreview>[1], width = Infinity) =>
      drawPreview(document, format, { width, colours: false });
    views.set(`${name}.80.txt`, await view('text', 80));
    views.set(`${name}.txt`, await view('text'));
    views.set(`${name}.md`, await view('markdown'));
    views.set(`${name}.html`, await view('html'));
    views.set(`${name}.json`, await view('json'));
  }
  for (const [name, width] of [
    ['canaries.80.txt', 80],
    ['canaries.txt', Infinity],
  ] as const)
    views.set(name, `${drawCanaries(canaries, width).join('\n')}\n`);
  return views;
}

export function readGolden(name: string): string {
  return readFileSync(join(folder, name), 'utf8');
}

if (import.meta.main && process.argv.includes('--update')) {
  for (const [name, text] of await goldenViews()) writeFileSync(join(folder, name), text);
}
