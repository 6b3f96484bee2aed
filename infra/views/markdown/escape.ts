import { type Phrase, splitQuotes } from '../phrase.ts';

/**
 * Returns a phrase as Markdown. Names and values become code, in which nothing is a link, a mention, an issue or HTML. So do
 * the words of a sentence that are not plain.
 */
export function inline(phrase: Phrase): string {
  return phrase
    .flatMap((part): Word[] =>
      typeof part === 'string' ? [part] : 'code' in part ? [part] : sentence(part.prose),
    )
    .reduce<string>(
      (before, part) => before + (typeof part === 'string' ? part : codeSpan(part.code, before)),
      '',
    );
}

/** Returns a phrase for HTML inside of Markdown, such as a summary, where Markdown has no effect. */
export function html(phrase: Phrase): string {
  return phrase
    .map((part) =>
      typeof part === 'string' ? tag(part) : `<code>${tag('code' in part ? part.code : part.prose)}</code>`,
    )
    .join('');
}

function tag(text: string): string {
  return text.replace(/[&<>"']/g, entity);
}

/**
 * The fence of a code span is longer than each row of backticks in it. Where a span cannot stand, there is a tag: a pipe would
 * end the cell of a table, and two spans without anything in between would become one.
 */
function codeSpan(text: string, before: string): string {
  if (text.trim() === '' || text.includes('|') || before.endsWith('`'))
    return `<code>${entities(text)}</code>`;
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([row]) => row.length));
  const fence = '`'.repeat(longest + 1);
  const space = longest > 0 || (text.startsWith(' ') && text.endsWith(' ')) ? ' ' : '';
  return `${fence}${space}${text}${space}${fence}`;
}

/** The comment after an at sign keeps GitHub from making a link of a mail address. */
function entities(text: string): string {
  return text.replace(/[^\p{L}\p{N} ]/gu, entity).replaceAll('&#64;', '&#64;<!-- -->');
}

function entity(character: string): string {
  return `&#${character.codePointAt(0)};`;
}

/** Splits a sentence into plain text and code. */
function sentence(text: string): Word[] {
  return splitQuotes(text).flatMap((part) => ('code' in part ? part : words(part.prose)));
}

function words(text: string): Word[] {
  return text.split(/( +)/).flatMap((word) => (word.startsWith(' ') ? ' ' : wordParts(word)));
}

type Word = string | { code: string };

/** Splits punctuation from the ends of a word. The rest is plain if nothing in it can have a meaning in Markdown or on GitHub. */
function wordParts(word: string): Word[] {
  const [, before = '', core = '', after = ''] = /^([("“'’]*)(.*?)([)"”'’.,;:!?]*)$/u.exec(word) ?? [];
  return [before, core === '' || isPlain(core) ? core : { code: core }, after];
}

function isPlain(word: string): boolean {
  if (/www\.|gh-\d|^[0-9a-f]{7,}$/i.test(word)) return false;
  return /^[\p{L}\p{N}]+([-’'./,][\p{L}\p{N}]+)*%?$|^[–—→←≥≤×−]$/u.test(word);
}
