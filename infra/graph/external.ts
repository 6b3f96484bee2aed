import type { DataService } from '../stack/schema.ts';

/** The addresses that the stack file gives for a data server of somebody else, by field; empty where it gives none. */
export function externalUrls({ external }: DataService): Record<string, string> {
  return Object.fromEntries(
    Object.entries(external ?? {}).filter(([field, value]) => field !== 'network' && value !== undefined),
  ) as Record<string, string>;
}
