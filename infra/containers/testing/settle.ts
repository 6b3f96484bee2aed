import { valueOf } from '../../plan/testing/values.ts';
import type { DataContainer } from '../data-container.ts';

/** A container without holes. */
export type SettledContainer = Omit<DataContainer, 'secrets'> & { secrets: Record<string, string> };

export function settle(container: DataContainer): SettledContainer {
  return valueOf<SettledContainer>(container);
}
