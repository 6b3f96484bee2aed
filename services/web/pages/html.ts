import { harmless } from '../../shared/harmful-text.ts';

/** Escaped markup. Only `html` creates it. */
export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }
}

export type HtmlValue = Html | string | number | false | null | undefined | readonly HtmlValue[];

/**
 * Returns markup from a template. Escapes its values, which may be text or the content of a quoted attribute. Joins
 * lists, and leaves out false, null and undefined.
 */
export function html(parts: TemplateStringsArray, ...values: HtmlValue[]): Html {
  return new Html(parts.map((part, index) => part + render(values[index])).join(''));
}

function render(value: HtmlValue): string {
  if (value instanceof Html) return value.markup;
  if (value === false || value === null || value === undefined) return '';
  if (typeof value === 'object') return value.map(render).join('');
  return harmless(String(value)).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
