import type { Store } from '../../store/store.ts';

/** Returns the path of a record in the store: `history/dev/12`. */
export function pathOf(environment: string, number: number): string {
  return `history/${environment}/${number}`;
}

/** Returns the numbers of all records of an environment, the last one first. */
export async function numbersIn({ records }: Store, environment: string): Promise<number[]> {
  const names = await records.list(`history/${environment}`);
  const numbers = names.filter((name) => /^[1-9]\d*$/.test(name)).map(Number);
  return numbers.toSorted((one, two) => two - one);
}
