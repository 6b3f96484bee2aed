/**
 * Text of a view, in parts. A string is written by Railhead. `code` and `prose` come from the project or from a fork, so each
 * view escapes them in its own way: `code` is a name or a value, `prose` is a sentence that contains such names.
 */
export type Part = string | { readonly code: string } | { readonly prose: string };
export type Phrase = readonly Part[];

/** Longer names and values are cut. The JSON document has them whole. */
const longest = 160;

/** Template tag. Interpolated strings are names or values of the project, numbers and phrases are words of Railhead. */
export function say(words: TemplateStringsArray, ...values: (string | number | Phrase)[]): Phrase {
  return words.flatMap((word, index): Phrase => {
    const value = values[index];
    const part = typeof value === 'string' ? code(value) : typeof value === 'number' ? [`${value}`] : value;
    return [...(word === '' ? [] : [word]), ...(part ?? [])];
  });
}

/** Returns a name or a value of the project as one visible line. */
export function code(text: string): Phrase {
  return [{ code: shorten(visible(text), longest) }];
}

/** Returns a sentence that contains names of the project, some of them in backticks. */
export function prose(text: string): Phrase {
  return [{ prose: shorten(visible(text), 4 * longest) }];
}

/** Splits a sentence into text and what stands in backticks. */
export function splitQuotes(sentence: string): ({ code: string } | { prose: string })[] {
  return sentence
    .split(/`([^`]+)`/)
    .map((part, index) => (index % 2 === 1 ? { code: part } : { prose: part }));
}

export function joined(phrases: readonly Phrase[], separator = ', '): Phrase {
  return phrases.flatMap((phrase, index) => (index === 0 ? phrase : [separator, ...phrase]));
}

/** Joins the first `limit` phrases and counts the rest: `a, b and 4 more`. */
export function some(phrases: readonly Phrase[], limit: number): Phrase {
  const rest = phrases.length - limit;
  return rest > 0 ? say`${joined(phrases.slice(0, limit))} and ${rest} more` : joined(phrases);
}

/** Joins phrases as a sentence does: `a, b and c`. */
export function listed(phrases: readonly Phrase[]): Phrase {
  const last = phrases.at(-1) ?? [];
  return phrases.length < 2 ? last : say`${joined(phrases.slice(0, -1))} and ${last}`;
}

/** Returns a phrase as plain text. */
export function plain(phrase: Phrase): string {
  return phrase
    .map((part) => (typeof part === 'string' ? part : 'code' in part ? part.code : part.prose))
    .join('');
}

export function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

/**
 * Characters that have no shape of their own, or that reorder others: line breaks, control characters, bidirectional controls,
 * zero-width characters, half surrogate pairs. They could make one name look like another.
 */
export const invisible =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/gu;

/** Replaces invisible characters by their escapes. */
export function visible(text: string): string {
  return text.replace(
    invisible,
    (character) => escapes.get(character) ?? `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}

const escapes = new Map([
  ['\n', String.raw`\n`],
  ['\r', String.raw`\r`],
  ['\t', String.raw`\t`],
]);

function shorten(text: string, limit: number): string {
  const characters = [...text];
  return characters.length <= limit
    ? text
    : `${characters.slice(0, limit - 1).join('')}… (${characters.length} characters)`;
}
