import { secretPart } from './secret-parts.ts';

/** Stands for words that can be a secret of the other side. */
export const hidden = '(hidden)';

const word = /[^\s"'=\\]+/g;
/** Several hidden words are shown as one, so that their number says nothing about the secret. */
const hiddenWords = /\(hidden\)(?:(?:\s|\\n)+\(hidden\))+/g;

interface Hidden {
  /** The text as people may see it. */
  text: string;
  /** The words that it no longer has. */
  words: string[];
}

/**
 * Hides those words of a text that another text does not have as often. What both texts have in plain is no secret; references to
 * secrets stay.
 */
export function hideOwnWords(text: string, other: string, hides: (word: string) => boolean): Hidden {
  const known = countWords(other);
  const words: string[] = [];
  const hide = (found: string) => {
    const count = known.get(found) ?? 0;
    known.set(found, count - 1);
    if (count > 0 || isPunctuation(found) || !hides(found)) return found;
    words.push(found);
    return hidden;
  };
  const shown = mapLiterals(text, (literal) => literal.replace(word, hide));
  return { text: shown.replace(hiddenWords, hidden), words };
}

function countWords(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  mapLiterals(text, (literal) => {
    for (const [found] of literal.matchAll(word)) counts.set(found, (counts.get(found) ?? 0) + 1);
    return literal;
  });
  return counts;
}

const secretParts = new RegExp(`(${secretPart.source})`);

/** Replaces what stands between the references to secrets. */
export function mapLiterals(text: string, replace: (literal: string) => string): string {
  const parts = text.split(secretParts);
  return parts.map((part, index) => (index % 2 === 0 ? replace(part) : part)).join('');
}

/** Brackets of JSON are kept, so that a hidden list looks like one. */
function isPunctuation(text: string): boolean {
  return /^[[\]{},:]+$/.test(text);
}
