/** A part of a text that is complete in itself: it is shown as a whole or not at all. */
export interface Piece {
  text: string;
  /** 0 is always shown. Of the others, lower ones first, those with the same number in their order. */
  rank: number;
}

/** Returns the pieces that fit into `limit` characters, and the others, both in their order. */
export function fit<P extends Piece>(pieces: readonly P[], limit: number): { shown: P[]; leftOut: P[] } {
  const kept = new Set(pieces.filter(({ rank }) => rank === 0));
  let room = limit - [...kept].reduce((sum, { text }) => sum + text.length, 0);
  const others = pieces.filter(({ rank }) => rank > 0).toSorted((one, other) => one.rank - other.rank);
  for (const piece of others) {
    if (piece.text.length > room) continue;
    kept.add(piece);
    room -= piece.text.length;
  }
  return {
    shown: pieces.filter((piece) => kept.has(piece)),
    leftOut: pieces.filter((piece) => !kept.has(piece)),
  };
}
