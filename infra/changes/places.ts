import { relative, resolve } from 'node:path';
import type { LoadedStack } from '../stack/load.ts';
import type { PlaceOf } from './sides.ts';

/** Returns the places in a stack file. Their files are relative to `root`, the absolute path of the project. */
export function placesIn(stack: Pick<LoadedStack, 'place'>, root: string): PlaceOf {
  return (path) => {
    // Known problems of the file come first.
    const found = stack.place([{ path, message: '' }]).at(-1);
    return found && { file: relative(root, resolve(found.file)), line: found.line };
  };
}
