import type { Path, Properties } from '../../provider/wire.ts';

/**
 * Returns the values of a resource with every secret value replaced. Keys of objects are kept.
 *
 * @param replace receives the value as text and the name of the resource's property that contains it
 */
export function replaceSecrets(
  { values, secrets }: Properties,
  replace: (text: string, property: string) => string,
): Record<string, unknown> {
  return secrets.reduce<Record<string, unknown>>((replaced, [property, ...path]) => {
    const name = String(property);
    return { ...replaced, [name]: replaceAt(replaced[name], path, (text) => replace(text, name)) };
  }, values);
}

/** Replaces all scalars at the path and below it. */
function replaceAt(value: unknown, path: Path, replace: (text: string) => string): unknown {
  const [next, ...rest] = path;
  const inside = (item: unknown, name: string | number) =>
    next === undefined || next === name ? replaceAt(item, rest, replace) : item;
  if (Array.isArray(value)) return value.map(inside);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, inside(item, name)]));
  }
  const isScalar = ['string', 'number', 'boolean'].includes(typeof value);
  return next === undefined && isScalar ? replace(String(value)) : value;
}
