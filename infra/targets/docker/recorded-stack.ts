import * as z from 'zod';
import type { StateResource } from '../shared/data.ts';

const labelled = z.object({ labels: z.array(z.object({ label: z.string(), value: z.string() })) });

/** Returns the stack name in the labels of the first object that has them. */
export function dockerStack(resources: readonly StateResource[]): string | undefined {
  const labels = resources.flatMap(({ outputs }) => labelled.safeParse(outputs).data?.labels ?? []);
  return labels.find(({ label }) => label === 'railhead.stack')?.value;
}
