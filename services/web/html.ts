import { harmless } from '../shared/harmful-text.ts';

/** Markup that needs no more escaping: made by `html` alone. */
export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }
}

export type HtmlValue = Html | string | number | false | null | undefined | readonly HtmlValue[];

/**
 * Markup from a template whose values are escaped, so that they are text or the content of a quoted
 * attribute. Lists are joined; false, null and undefined leave nothing.
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
