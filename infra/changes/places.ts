import { relative, resolve } from 'node:path';
import type { LoadedStack } from '../stack/load.ts';
import type { PlaceOf } from './sides.ts';

/**
 * Returns the places in a stack file. Their files are relative to `root`, the absolute path of the project. Without it, they stay
 * relative to the folder that was the current one when the file was loaded.
 */
export function placesIn(stack: Pick<LoadedStack, 'place'>, root?: string): PlaceOf {
  return (path) => {
    // Known problems of the file come first.
    const found = stack.place([{ path, message: '' }]).at(-1);
    if (found === undefined) return undefined;
    const { file, line } = found;
    return { file: root === undefined ? file : relative(root, resolve(file)), line };
  };
}
