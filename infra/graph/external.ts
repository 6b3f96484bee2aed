import type { DataService } from '../stack/schema.ts';

/** Returns the addresses of an external data server by field; empty if the server is not external. */
export function externalUrls({ external }: DataService): Record<string, string> {
  return Object.fromEntries(
    Object.entries(external ?? {}).filter(([field, value]) => field !== 'network' && value !== undefined),
  ) as Record<string, string>;
}
