import type { Phrase } from '../phrase.ts';
import { inline } from './escape.ts';
import type { Piece } from './fit.ts';

export interface MarkdownPiece extends Piece {
  kind: 'fixed' | 'risks' | 'services' | 'details' | 'lines';
  /** What the note says of the piece if it is left out. */
  name: Phrase;
}

const labels = {
  risks: 'risks of',
  services: 'table rows of',
  details: 'details of',
  lines: 'lines of',
};

/** Names what an environment's part leaves out, in at most `room` characters. */
export function leftOutNote(pieces: readonly MarkdownPiece[], room: number): string {
  const kinds = Object.entries(labels).flatMap(([kind, label]) => {
    const names = [...new Set(pieces.filter((piece) => piece.kind === kind).map(({ name }) => inline(name)))];
    return names.length === 0 ? [] : [{ label, names }];
  });
  if (kinds.length === 0) return '';
  const start = 'Left out because of the length limit, complete in the artifact:\n\n';
  const share = Math.floor((room - start.length) / kinds.length);
  const lines = kinds.map(({ label, names }) => `- ${label} ${upTo(names, share - label.length - 30)}\n`);
  return `${start}${lines.join('')}\n`;
}

/** Joins the names that fit into `room` characters, and counts the others. */
function upTo(names: readonly string[], room: number): string {
  let left = room;
  const kept = names.filter((name) => (left -= name.length + 2) >= 0);
  const rest = names.length - kept.length;
  if (kept.length === 0) return `${rest} names`;
  return rest === 0 ? kept.join(', ') : `${kept.join(', ')} and ${rest} more`;
}
