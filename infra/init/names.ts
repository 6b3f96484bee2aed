/**
 * Converts a name to a label: lower-case letters, digits and hyphens, at most 40 characters. The name of a package in a
 * scope loses the scope. Returns `app` if nothing is left.
 */
export function toLabel(name: string): string {
  const label = name
    .replace(/^@[^/]*\//, '')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, 40)
    .replace(/-+$/, '');
  return label === '' ? 'app' : label;
}

/** Converts a name to a label that is not in use, and adds it to those in use. */
export function toUnusedLabel(name: string, used: Set<string>): string {
  const label = toLabel(name);
  let candidate = label;
  for (let count = 2; used.has(candidate); count++) candidate = `${label.slice(0, 37)}-${count}`;
  used.add(candidate);
  return candidate;
}
