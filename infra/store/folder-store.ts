import { join } from 'node:path';
import { folderObjects } from './folder-objects.ts';
import { folderRecords } from './folder-records.ts';
import type { Store } from './store.ts';

/** A store in a folder, which several machines can share. */
export function folderStore(folder: string): Store {
  return {
    objects: folderObjects(join(folder, 'objects')),
    records: folderRecords(folder),
    describe: () => `the store ${folder}`,
  };
}
