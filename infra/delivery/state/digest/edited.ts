import type { Preview } from '../../../changes/model.ts';
import { sortedJson } from '../../../plan/hash.ts';
import { plain, prose } from '../../../views/phrase.ts';
import type { Shown } from '../shown.ts';

/** The number of differences that the refusal names. */
const longest = 10;

/**
 * Returns the differences between the text of a preview's file and what an update would show. Order and places do not count: lines
 * of the stack file move without a change of the plan. Loopback addresses and the folder of Railhead differ between checkouts.
 */
export function editedLines(file: Preview, now: Shown): string[] {
  const [before, after] = [new Set(linesOf(file)), new Set(linesOf(now))];
  const lines = [
    ...[...before].filter((line) => !after.has(line)).map((line) => `Only in the file: ${lineOf(line)}`),
    ...[...after].filter((line) => !before.has(line)).map((line) => `Not in the file: ${lineOf(line)}`),
  ];
  const rest = lines.length - longest;
  return rest > 0 ? [...lines.slice(0, longest), `${rest} more differences.`] : lines;
}

/** The file can contain any text. */
function lineOf(text: string): string {
  return plain(prose(text));
}

/** What can differ although the plan is the same. */
const others = new Set<string>(['source', 'seconds', 'digest'] satisfies Exclude<
  keyof Preview,
  keyof Shown
>[]);

function linesOf({ services, ...rest }: Shown): string[] {
  const facts = Object.entries(rest).filter(([key]) => !others.has(key));
  return [
    ...services.flatMap((service) => factsOf(service, `services.${service.service}`)),
    ...facts.flatMap(([key, value]) => factsOf(value, key)),
  ];
}

/** Returns a line for each value and each item of a list: `risks: {"kind":"data",…}`. */
function factsOf(value: unknown, path: string): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => `${path}: ${textOf(item)}`);
  if (typeof value !== 'object' || value === null) return [`${path}: ${textOf(value)}`];
  return Object.entries(value)
    .filter(([key]) => key !== 'place')
    .flatMap(([key, item]) => factsOf(item, `${path}.${key}`));
}

function textOf(value: unknown): string {
  return sortedJson(withoutPlaces(value))
    .replace(/(?<![\d.])127(?:\.\d{1,3}){3}(?![\d.])/g, '127.x.x.x')
    .replace(/(?<![\w.-])(?:\/[^/\s"]+)*\/\.railhead(?![\w.-])/g, '….railhead');
}

function withoutPlaces(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPlaces);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => key !== 'place');
  return Object.fromEntries(entries.map(([key, item]) => [key, withoutPlaces(item)]));
}
