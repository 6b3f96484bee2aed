import type { DataService } from '../data/index.ts';

/** Returns the addresses of an external data server by field; undefined if the target runs the server. */
export function externalUrls({ external }: DataService): Record<string, string> | undefined {
  if (external === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(external).filter(([field, value]) => field !== 'network' && value !== undefined),
  ) as Record<string, string>;
}
