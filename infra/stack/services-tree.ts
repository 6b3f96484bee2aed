import { treeAt, type Entry, type Tree } from './tree.ts';

/** Returns the services of a stack file by name; none if it has no map of services. */
export function servicesIn(tree: Tree): [name: string, service: Tree][] {
  const services = treeAt(tree, ['services']);
  if (services?.kind !== 'map') return [];
  return [...services.entries].map(([name, { value }]) => [name, value]);
}

/** Returns a stack file with what `change` returns for each service; the same file if it has no map of services. */
export function mapServices(tree: Tree, change: (name: string, service: Tree) => Tree): Tree {
  const services = tree.kind === 'map' ? tree.entries.get('services') : undefined;
  if (tree.kind !== 'map' || services?.value.kind !== 'map') return tree;
  const changed = [...services.value.entries].map(([name, { key, value }]): [string, Entry] => [
    name,
    { key, value: change(name, value) },
  ]);
  const value: Tree = { ...services.value, entries: new Map(changed) };
  return { ...tree, entries: new Map([...tree.entries, ['services', { ...services, value }]]) };
}
