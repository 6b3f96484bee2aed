import { isMap, isScalar, parseDocument, type YAMLMap } from 'yaml';
import { parseManifest } from './manifest.ts';

/** The scripts of a project. */
const scripts = { up: 'railhead up', down: 'railhead down', pulumi: 'railhead pulumi' } as const;

export interface WithScripts {
  text: string;
  /** Names of scripts that the user had already, with another command. */
  kept: string[];
}

/** Adds the scripts to the text of a package.json; a script that exists stays as it is, as does all other text. */
export function withScripts(text: string): WithScripts {
  const before = parseManifest(text)?.scripts ?? {};
  const missing = Object.entries(scripts).filter(([name]) => !(name in before));
  const kept = Object.entries(scripts).flatMap(([name, command]) =>
    name in before && before[name] !== command ? [name] : [],
  );
  return { text: missing.length === 0 ? text : insert(text, Object.fromEntries(missing)), kept };
}

/** Returns the package.json of a project that has none. */
export function newManifest(name: string): string {
  return `${JSON.stringify({ name, private: true, type: 'module', scripts }, undefined, 2)}\n`;
}

/** Inserts scripts behind those that exist. JSON is YAML, whose parser knows the place of every value. */
function insert(text: string, added: Record<string, string>): string {
  const top = parseDocument(text).contents;
  if (!isMap(top) || top.items.length === 0) return `${JSON.stringify({ scripts: added }, undefined, 2)}\n`;
  const existing = top.items.find(({ key }) => isScalar(key) && key.value === 'scripts');
  const properties = Object.entries(added).map(
    ([name, command]) => `${JSON.stringify(name)}: ${JSON.stringify(command)}`,
  );
  if (existing === undefined)
    return insertLast(text, top, [`"scripts": ${block(properties, gapBefore(text, top))}`]);
  if (isMap(existing.value) && existing.value.items.length > 0)
    return insertLast(text, existing.value, properties);
  const [start, end] = rangeOf(existing.value);
  return `${text.slice(0, start)}${block(properties, gapBefore(text, top))}${text.slice(end)}`;
}

/** Inserts properties behind the last one of an object, each with the white space that the last one has. */
function insertLast(text: string, object: YAMLMap, properties: string[]): string {
  const [, end] = rangeOf(object.items.at(-1)?.value);
  const gap = gapBefore(text, object);
  return `${text.slice(0, end)}${properties.map((property) => `,${gap}${property}`).join('')}${text.slice(end)}`;
}

/** Formats an object inside a property that `gap` precedes. */
function block(properties: string[], gap: string): string {
  const inner = `${gap}${gap.replace(/^\s*\n/, '')}`;
  return `{${properties.map((property) => `${inner}${property}`).join(',')}${gap}}`;
}

/** Returns the white space before the last property of an object. */
function gapBefore(text: string, { items }: YAMLMap): string {
  const [start] = rangeOf(items.at(-1)?.key);
  return /\s*$/.exec(text.slice(0, start))?.[0] ?? '';
}

function rangeOf(node: unknown): [start: number, end: number] {
  const [start, end] = (node as { range: [number, number, number] }).range;
  return [start, end];
}
