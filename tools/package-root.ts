import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Absolute path of Railhead itself: the folder of its package.json, in a clone or below node_modules. */
export const packageRoot = folderOf('package.json', import.meta.dirname);

function folderOf(file: string, folder: string): string {
  return existsSync(join(folder, file)) ? folder : folderOf(file, dirname(folder));
}
