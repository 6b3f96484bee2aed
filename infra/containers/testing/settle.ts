import { output, type Output } from '@pulumi/pulumi/output.js';
import type { DataContainer } from '../data-container.ts';

/** A container with plain values in place of the Outputs of its secrets. */
export type SettledContainer = Omit<DataContainer, 'secrets'> & { secrets: Record<string, string> };

export async function settle(container: DataContainer): Promise<SettledContainer> {
  return { ...container, secrets: await valueOf<Record<string, string>>(container.secrets) };
}

/** Resolves all Outputs within a value. */
export function valueOf<T>(value: unknown): Promise<T> {
  const known = output(value) as unknown as Output<T>;
  return new Promise((resolve) => void known.apply((settled) => resolve(settled)));
}
