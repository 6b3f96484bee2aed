import { isDeepStrictEqual } from 'node:util';
import type { Tree } from '../stack/tree.ts';
import type { Fact, Facts, ImportedService, NamesOf, Part, Vocabulary } from './facts.ts';

/** Sets a fact of a service. The place that said it before is kept in `replaced`. */
export function say<Name extends keyof Vocabulary>(
  service: ImportedService,
  name: Name,
  value: Vocabulary[Name],
  from: Tree,
): void {
  noteReplaced(service, service.facts[name], { value, from });
  set(service.facts, name, { value, from });
}

/** Sets a variable of a service or of its build. The place that said it before is kept in `replaced`. */
export function sayVariable(
  service: ImportedService,
  kind: 'variables' | 'buildVariables',
  name: string,
  fact: Fact<string>,
): void {
  noteReplaced(service, service[kind].get(name), fact);
  service[kind].set(name, fact);
}

/** Notes the place of a value that another one replaces. */
export function noteReplaced<T>(
  { replaced }: ImportedService,
  former: Fact<T> | undefined,
  { value, from }: Fact<T>,
): void {
  if (former !== undefined && former.from !== from)
    replaced.push({ from: former.from, isSame: isDeepStrictEqual(former.value, value) });
}

/** Adds the place of a value that lets a service sleep. */
export function saySleep({ facts }: ImportedService, from: Tree): void {
  const former = facts.sleep?.from;
  const items = former?.kind === 'list' ? former.items : [];
  set(facts, 'sleep', { value: '', from: { kind: 'list', place: from.place, items: [...items, from] } });
}

/** Adds an item to a fact that is a list. */
export function sayItem<Name extends NamesOf<Part<object>[]>>(
  { facts }: ImportedService,
  name: Name,
  item: Vocabulary[Name][number],
): void {
  const known: { [Key in Name]?: Fact<Vocabulary[Key]> } = facts;
  const items = [...(known[name]?.value ?? []), item];
  const from: Tree = { kind: 'list', place: item.from.place, items: items.map(({ from }) => from) };
  set(facts, name, { value: items as Vocabulary[Name], from });
}

function set<Name extends keyof Vocabulary>(facts: Facts, name: Name, fact: Fact<Vocabulary[Name]>): void {
  const all: { [Key in keyof Vocabulary]?: Fact<Vocabulary[Key]> } = facts;
  all[name] = fact as Facts[Name];
}
