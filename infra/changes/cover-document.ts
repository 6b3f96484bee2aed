import { coverSecrets } from './covered.ts';
import { hiddenInDeclared, type PlacedText } from './declared-differences.ts';
import { fixedValues } from './fixed-values.ts';
import { createHider, leastLength } from './hide-texts.ts';
import { keysOf, serviceSides, type Sides } from './sides.ts';

/** The keys of a preview whose texts come from the stack file. Others have names, or words of Railhead. */
const texts = new Set(['before', 'after', 'text', 'message', 'command', 'gates', 'reason']);

type Hider = (text: string) => string;

/** What hides texts in a preview. */
interface Hiders {
  /** In what a preview says of no service, or of one without an own hider. */
  general: Hider;
  /** In what it says of these services. */
  services: ReadonlyMap<unknown, Hider>;
}

/**
 * Hides, in all texts of a preview, what is secret on one side: the same literal can stand in a command, a finding or another
 * service.
 */
export function coverDocument<Document>(sides: Sides, document: Document): Document {
  const hidden = hiddenTexts(sides);
  if (hidden.length === 0) return document;
  const hiders = hidersOf(hidden);
  return coverValue(document, hiders, hiders.general, false) as Document;
}

function hidersOf(hidden: readonly PlacedText[]): Hiders {
  const everywhere = hidden.filter(({ reach }) => reach === 'preview').map(({ text }) => text);
  const own = Map.groupBy(
    hidden.filter(({ reach }) => reach === 'service'),
    ({ service }) => service,
  );
  const services = [...own].map(
    ([service, found]) => [service, createHider([...everywhere, ...found.map(({ text }) => text)])] as const,
  );
  return { general: createHider(everywhere), services: new Map(services) };
}

function coverValue(value: unknown, hiders: Hiders, hide: Hider, isText: boolean): unknown {
  if (typeof value === 'string') return isText ? hide(value) : value;
  if (Array.isArray(value)) return value.map((item) => coverValue(item, hiders, hide, isText));
  if (typeof value !== 'object' || value === null) return value;
  const own = ('service' in value ? hiders.services.get(value.service) : undefined) ?? hide;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, coverValue(item, hiders, own, texts.has(key))]),
  );
}

/** Returns the literals of both sides that are secret on the other one. */
function hiddenTexts(sides: Sides): PlacedText[] {
  const names = keysOf(sides.before?.services, sides.after?.services);
  const found = [
    ...names.flatMap((service) => hiddenInVariables(sides, service)),
    ...hiddenInDeclared(sides),
  ];
  const all = found.flatMap((one) => [one.text, ...passwordsIn(one.text)].map((text) => ({ ...one, text })));
  return all.filter(
    ({ text }) => text.length >= leastLength && !names.includes(text) && !fixedValues.has(text),
  );
}

function hiddenInVariables(sides: Sides, service: string): PlacedText[] {
  const { before, after } = serviceSides(sides, service);
  return keysOf(before?.variables, after?.variables).flatMap((field) => {
    const [old, now] = [before?.variables[field]?.value, after?.variables[field]?.value];
    if (old === now) return [];
    const { hidden } = coverSecrets(sides, { service, field, before: old, after: now });
    return hidden.map((text) => ({ ...text, service }));
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
