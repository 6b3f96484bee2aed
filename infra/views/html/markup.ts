import { type Phrase, splitQuotes } from '../phrase.ts';

/** Markup that is complete and escaped. `markup` escapes strings; call the constructor only with text that is already markup. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Value = string | number | Markup | readonly Markup[];

/** Template tag: strings are escaped, markup is inserted as it is. */
export function markup(words: TemplateStringsArray, ...values: Value[]): Markup {
  return new Markup(words.map((word, index) => word + textOf(values[index] ?? '')).join(''));
}

/** Returns a phrase as markup: names and values of the project as code. */
export function marked(phrase: Phrase): Markup {
  const parts = phrase
    .flatMap((part): Phrase =>
      typeof part === 'string' || 'code' in part ? [part] : splitQuotes(part.prose),
    )
    .map((part) => {
      if (typeof part === 'string') return markup`${part}`;
      return 'code' in part ? markup`<code>${part.code}</code>` : markup`${part.prose}`;
    });
  return markup`${parts}`;
}

function textOf(value: Value): string {
  if (value instanceof Markup) return value.text;
  if (typeof value === 'string' || typeof value === 'number') return escaped(String(value));
  return value.map(({ text }) => text).join('');
}

/** Escapes text for an element and for an attribute in double quotes. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}
