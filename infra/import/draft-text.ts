import { Document, isNode, isScalar, type Node } from 'yaml';
import type { Draft, DraftEntry } from './draft.ts';

/** Returns the text of a stack file. A comment at each value says which line it comes from, or why it is there. */
export function draftText(draft: Draft, head: readonly string[]): string {
  const document = new Document(nest(draft.entries));
  for (const { path, from, note } of draft.entries) {
    const node = document.getIn(path.map(toIndex), true);
    const comment = note ?? (from === undefined ? undefined : `${from.place.file}:${from.place.line}`);
    if (isNode(node) && comment !== undefined) comments(node, comment);
  }
  return [...head, ...spaced(document.toString({ lineWidth: 0 }).split('\n'))].join('\n');
}

function comments(node: Node, text: string): void {
  const isBlock = isScalar(node) && typeof node.value === 'string' && node.value.includes('\n');
  if (isBlock || !isScalar(node)) node.commentBefore = ` ${text}`;
  else node.comment = ` ${text}`;
}

/** Adds an empty line before each part of the file and each service, except the first. */
function spaced(lines: string[]): string[] {
  return lines.flatMap((line, index) => {
    const isPart = /^[a-z]\w*:/i.test(line) && index > 0;
    const isService = /^ {2}[a-z][a-z0-9-]*:$/.test(line) && !/^[a-z]/.test(lines[index - 1] ?? '');
    return isPart || isService ? ['', line] : [line];
  });
}

function nest(entries: readonly DraftEntry[]): unknown {
  const root: Record<string, unknown> = {};
  for (const { path, value } of entries) {
    let map: Record<string, unknown> = root;
    for (const step of path.slice(0, -1)) map = (map[step] ??= {}) as Record<string, unknown>;
    map[path.at(-1) ?? ''] = value;
  }
  return toLists(root);
}

/** Makes a list of a map whose keys are 0, 1, 2, … */
function toLists(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, toLists(inner)] as const);
  const isList = entries.length > 0 && entries.every(([key], index) => key === String(index));
  return isList ? entries.map(([, inner]) => inner) : Object.fromEntries(entries);
}

function toIndex(step: string): string | number {
  return /^\d+$/.test(step) ? Number(step) : step;
}
