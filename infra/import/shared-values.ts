import type { Fact } from './facts.ts';

const reference = /\$\{\{\s*shared\s*\.\s*([\w-]+)\s*\}\}/gi;

/** Returns a text with the values of the shared variables in place of references to them. */
export function sharedValuesIn(text: string, shared: ReadonlyMap<string, Fact<string>>): string {
  return text.replace(reference, (whole, name: string) => shared.get(name)?.value ?? whole);
}
