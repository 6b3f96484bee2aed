import { coverSecrets, type HiddenText } from './covered.ts';
import { differences, type Difference, type Sides } from './sides.ts';

/** A hidden text of a service, or of the stack. */
export interface PlacedText extends HiddenText {
  service?: string;
}

interface Found {
  /** As people may see them. */
  shown: readonly Difference[];
  hidden: readonly PlacedText[];
}

/** The declared values that differ between two sides: each service asks for its own part of them. */
const found = new WeakMap<Sides, Found>();

/** Returns the declared values that differ, below a prefix such as `services.api.`. */
export function declaredDifferences(sides: Sides, prefix: string): Difference[] {
  return findIn(sides).shown.filter(({ key }) => key.startsWith(prefix));
}

/** Returns what is hidden in the declared values that differ. */
export function hiddenInDeclared(sides: Sides): readonly PlacedText[] {
  return findIn(sides).hidden;
}

function findIn(sides: Sides): Found {
  const known = found.get(sides) ?? compare(sides);
  found.set(sides, known);
  return known;
}

function compare(sides: Sides): Found {
  const all = differences(sides.before?.declared, sides.after?.declared).map(({ key, ...pair }) => {
    const place = placeOf(key);
    const { shown, hidden } = coverSecrets(sides, { ...place, ...pair });
    const { service } = place;
    return {
      difference: { key, ...shown },
      hidden: hidden.map((text) => ({ ...text, ...(service !== undefined && { service }) })),
    };
  });
  return {
    shown: all.map(({ difference }) => difference),
    hidden: all.flatMap(({ hidden }) => hidden),
  };
}

function placeOf(key: string): { service?: string; field: string } {
  const [, service, field] = /^services\.([^.]+)\.(.+)$/.exec(key) ?? [];
  return service === undefined || field === undefined ? { field: key } : { service, field };
}
