import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Returns all folders below `services`, sorted, including those without a workload. */
export function workloadFolders(services: string): string[] {
  try {
    return readdirSync(services)
      .toSorted()
      .map((name) => join(services, name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []; // The environment was never deployed.
    throw error;
  }
}
