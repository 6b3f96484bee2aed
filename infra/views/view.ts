import type { PreviewDocument } from '../changes/model.ts';
import { drawMarkdown } from './markdown/markdown.ts';
import { invisible } from './phrase.ts';
import { drawText, type TextOptions } from './text/text.ts';

/** The forms of `railhead preview --format`. */
export const formats = ['text', 'markdown', 'html', 'json'] as const;
export type Format = (typeof formats)[number];

/** Returns a preview in one of its forms, which ends with a line break. */
export async function drawPreview(
  document: PreviewDocument,
  format: Format,
  text: TextOptions,
): Promise<string> {
  switch (format) {
    case 'text':
      return `${drawText(document, text)}\n`;
    case 'markdown':
      return drawMarkdown(document);
    case 'json':
      return `${json(document)}\n`;
    case 'html': {
      // Graphviz loads slowly, and only this form needs it.
      const { drawHtml } = await import('./html/html.ts');
      return drawHtml(document);
    }
  }
}

/** Characters that a terminal would not show, or would show elsewhere, are escaped: the document is the same. */
function json(document: PreviewDocument): string {
  const unit = (character: string, at: number) => character.charCodeAt(at).toString(16).padStart(4, '0');
  return JSON.stringify(document, undefined, 2).replace(invisible, (character) =>
    character === '\n'
      ? character
      : Array.from(character.length === 1 ? [0] : [0, 1], (at) => `\\u${unit(character, at)}`).join(''),
  );
}
