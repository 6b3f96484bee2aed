import { hidden, mapLiterals } from './hidden-words.ts';

/** A shorter text occurs in others by chance. */
export const leastLength = 8;

/**
 * Returns a function that hides texts in others, also in the encoded forms that commands and addresses contain. References to
 * secrets stay. Its time does not depend on the number of texts: a stack file can have thousands.
 */
export function createHider(texts: readonly string[]): (text: string) => string {
  const forms = new Set(texts.flatMap(formsOf));
  const lengths = lengthsByStart(forms);
  const hideIn = (text: string) => {
    let shown = '';
    let end = 0;
    for (let at = 0; at + leastLength <= text.length; at++) {
      const fitting = lengths.get(text.slice(at, at + leastLength));
      const length = fitting?.find((length) => forms.has(text.slice(at, at + length)));
      if (length === undefined) continue;
      shown += text.slice(end, at) + hidden;
      end = at + length;
      at = end - 1;
    }
    return shown + text.slice(end);
  };
  return (text) => mapLiterals(text, hideIn);
}

/** Returns the lengths of the texts with the same start, the longest first. */
function lengthsByStart(texts: ReadonlySet<string>): Map<string, number[]> {
  const groups = Map.groupBy(texts, (text) => text.slice(0, leastLength));
  const lengthsOf = (group: string[]) => [...new Set(group.map(({ length }) => length))];
  return new Map([...groups].map(([start, group]) => [start, lengthsOf(group).toSorted((a, b) => b - a)]));
}

function formsOf(text: string): string[] {
  const bytes = Buffer.from(text);
  const forms = [text, encodeURIComponent(text.toWellFormed()), JSON.stringify(text).slice(1, -1)];
  return [...forms, bytes.toString('base64'), bytes.toString('base64url'), bytes.toString('hex')];
}
