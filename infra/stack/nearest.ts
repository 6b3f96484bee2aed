/** Returns the known name that is closest to a mistyped one; undefined if none is close. */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  const wanted = normal(name);
  // A third of the letters may be wrong; a longer distance is more likely another word.
  let best = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  let found: string | undefined;
  for (const candidate of known) {
    if (Math.abs(candidate.length - wanted.length) >= best) {
      continue;
    }
    const distance = editDistance(wanted, normal(candidate));
    if (distance < best) {
      best = distance;
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

/** Returns the Levenshtein distance, counting a swap of two adjacent letters as one edit. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = at(last, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let cost = Math.min(substitution, at(last, j) + 1, at(row, j - 1) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, at(beforeLast, j - 2) + 1);
      }
      row.push(cost);
    }
    beforeLast = last;
    last = row;
  }
  return at(last, b.length);
}

function at(row: number[], index: number): number {
  return row[index] ?? Infinity;
}
