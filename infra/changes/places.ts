import { relative, resolve } from 'node:path';
import type { LoadedStack } from '../stack/load.ts';
import { routeAddress } from '../stack/route-address.ts';
import type { Path } from '../stack/tree.ts';
import type { PlaceOf } from './sides.ts';

/**
 * Returns the places in a stack file. Their files are relative to `root`, the absolute path of the project. Without it, they stay
 * relative to the folder that was the current one when the file was loaded.
 */
export function placesIn({ place, stack }: Pick<LoadedStack, 'place' | 'stack'>, root?: string): PlaceOf {
  return (path) => {
    // Known problems of the file come first.
    const found = place([{ path: withIndex(path, stack), message: '' }]).at(-1);
    if (found === undefined) return undefined;
    const { file, line } = found;
    return { file: root === undefined ? file : relative(root, resolve(file)), line };
  };
}

/** Replaces the path of a route by its index: the stack file has a list of routes. */
function withIndex(path: Path, { gateway }: LoadedStack['stack']): Path {
  const [first, list, route, ...field] = path;
  if (first !== 'gateway' || list !== 'routes' || route === undefined) return path;
  const index = gateway?.routes.findIndex((one) => routeAddress(one) === route) ?? -1;
  return index === -1 ? [first, list] : [first, list, index, ...field];
}
