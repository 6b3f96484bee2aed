import { coverSecrets } from './covered.ts';
import { hiddenInDeclared } from './declared-differences.ts';
import { createHider, leastLength } from './hide-texts.ts';
import { keysOf, serviceSides, type Sides } from './sides.ts';

/** The keys of a preview whose texts come from the stack file. Others have names, or words of Railhead. */
const texts = new Set(['before', 'after', 'text', 'message', 'command', 'gates', 'reason']);

/**
 * Hides, in all texts of a preview, what is secret on one side: the same literal can stand in a command, a finding or another
 * service.
 */
export function coverDocument<Document>(sides: Sides, document: Document): Document {
  const hidden = hiddenTexts(sides);
  return hidden.length === 0 ? document : (coverValue(document, createHider(hidden), false) as Document);
}

function coverValue(value: unknown, hide: (text: string) => string, isText: boolean): unknown {
  if (typeof value === 'string') return isText ? hide(value) : value;
  if (Array.isArray(value)) return value.map((item) => coverValue(item, hide, isText));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, coverValue(item, hide, texts.has(key))]),
  );
}

/** Returns the literals of both sides that are secret on the other one. */
function hiddenTexts(sides: Sides): string[] {
  const names = keysOf(sides.before?.services, sides.after?.services);
  const found = [
    ...names.flatMap((service) => hiddenInVariables(sides, service)),
    ...hiddenInDeclared(sides),
  ];
  const all = new Set(found.flatMap((text) => [text, ...passwordsIn(text)]));
  return [...all].filter((text) => text.length >= leastLength && !names.includes(text));
}

function hiddenInVariables(sides: Sides, service: string): string[] {
  const { before, after } = serviceSides(sides, service);
  return keysOf(before?.variables, after?.variables).flatMap((field) => {
    const [old, now] = [before?.variables[field]?.value, after?.variables[field]?.value];
    return old === now ? [] : coverSecrets(sides, { service, field, before: old, after: now }).hidden;
  });
}

/** Returns the password of a URL, encoded and decoded. */
function passwordsIn(text: string): string[] {
  const { password = '' } = URL.canParse(text) ? new URL(text) : {};
  return password === '' ? [] : [password, decoded(password)];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // Not percent encoding.
  }
}
