import leven from 'leven';

/** Returns the known name that is closest to a mistyped one; undefined if none is close. */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  const wanted = normal(name);
  // A third of the letters may be wrong; a longer distance is more likely another word.
  let best = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  let found: string | undefined;
  for (const candidate of known) {
    const edits = distance(wanted, normal(candidate), best);
    if (edits < best) {
      best = edits;
      found = candidate;
    }
  }
  return found;
}

/** Returns the end of a message: `did you mean "x"?`, or the list of known names if none is close. */
export function suggest(name: string, known: Iterable<string>): string {
  const names = [...known];
  const match = nearest(name, names);
  if (match !== undefined) {
    return `did you mean ${JSON.stringify(match)}?`;
  }
  if (names.length === 0) {
    return 'there are none';
  }
  return `known: ${names.slice(0, 20).join(', ')}${names.length > 20 ? ', …' : ''}`;
}

function normal(name: string): string {
  return name.slice(0, 64).toLowerCase().replaceAll('_', '-');
}

/**
 * Returns the Levenshtein distance, at most `most` or 3. It is 1 if two letters are swapped: the real distance, 2, is too
 * far for a short name.
 */
function distance(a: string, b: string, most: number): number {
  const edits = leven(a, b, { maxDistance: Math.max(most, 3) });
  return edits === 2 && sorted(a) === sorted(b) ? 1 : edits;
}

function sorted(name: string): string {
  return [...name].toSorted().join('');
}
