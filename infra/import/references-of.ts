import type { Draft } from './draft.ts';
import { referencesIn } from './names.ts';

/** Whether a service refers to another one: in its own fields, or in a shared variable to which they refer. */
export function refersTo(draft: Draft, service: string, needed: string): boolean {
  const own = draft.below(['services', service]).map(({ value }) => String(value));
  const shared = own.flatMap((text) =>
    referencesIn(text).flatMap(([scope, name]) =>
      scope === 'shared' ? draft.below(['variables', name]) : [],
    ),
  );
  return [...own, ...shared.map(({ value }) => String(value))].some((text) => refersIn(text, needed));
}

export function refersIn(text: string, needed: string): boolean {
  return referencesIn(text).some(([scope]) => scope === needed);
}
