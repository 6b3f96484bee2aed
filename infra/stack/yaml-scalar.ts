import {
  boolCoreTag,
  floatCoreTag,
  getScalarValue,
  intCoreTag,
  NOT_RESOLVED,
  nullCoreTag,
  SCALAR_STYLE,
  type ScalarEvent,
} from 'js-yaml';
import type { Scalar } from './tree.ts';

/** The types of unquoted values in the core schema of YAML 1.2, besides text. */
const types = [nullCoreTag, boolCoreTag, intCoreTag, floatCoreTag].map((tag) => ({
  resolve: (text: string): Scalar | typeof NOT_RESOLVED => tag.resolve(text, false, tag.tagName),
  firstCharacters: new Set(tag.implicitFirstChars ?? []),
}));

/** Returns a scalar and its text. A scalar that is quoted or has a tag is text. */
export function scalarOf(source: string, event: ScalarEvent): { value: Scalar; text: string } {
  const text = getScalarValue(source, event);
  const isText = event.style !== SCALAR_STYLE.PLAIN || event.tagStart !== -1;
  return { value: isText ? text : resolve(text), text };
}

function resolve(text: string): Scalar {
  for (const { resolve, firstCharacters } of types) {
    const value = firstCharacters.has(text.charAt(0)) ? resolve(text) : NOT_RESOLVED;
    if (value !== NOT_RESOLVED) return value;
  }
  return text;
}

/** Returns the offset at which a scalar starts, with its quotes or block header; undefined for an empty value. */
export function startOf(source: string, { style, valueStart }: ScalarEvent): number | undefined {
  if (valueStart === -1) return undefined;
  if (style === SCALAR_STYLE.PLAIN) return valueStart;
  if (style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED) return valueStart - 1;
  const line = source.lastIndexOf('\n', valueStart - 2) + 1;
  return line + source.slice(line, valueStart).search(/[|>][-+\d]*[ \t]*([ \t]#.*)?\s*$/);
}
