import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf } from '../../tools/error-code.ts';

/** Returns all folders below `services`, sorted, including those without a workload. */
export function workloadFolders(services: string): string[] {
  try {
    return readdirSync(services)
      .toSorted()
      .map((name) => join(services, name));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return []; // The environment was never deployed.
    throw error;
  }
}
