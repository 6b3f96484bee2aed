/**
 * Converts a name to a label: lower-case letters, digits and hyphens, at most `most` characters. The name of a package in a
 * scope loses the scope. Returns `app` if nothing is left.
 */
export function toLabel(name: string, most = 40): string {
  const label = name
    .replace(/^@[^/]*\//, '')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, most)
    .replace(/-+$/, '');
  return label === '' ? 'app' : label;
}

/** Converts a name to a label that is not in use, and adds it to those in use. */
export function toUnusedLabel(name: string, used: Set<string>, most = 40): string {
  let candidate = toLabel(name, most);
  for (let count = 2; used.has(candidate); count++) candidate = `${toLabel(name, most - 3)}-${count}`;
  used.add(candidate);
  return candidate;
}
